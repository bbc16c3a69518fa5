import { Box, Button, Center, Table, Text, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "../i18n/language";
import classes from "./DataTable.module.css";
import { ui } from "./texts";

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** CSS; what has none shares the rest. */
  readonly width?: string | number;
  readonly align?: "right";
  /** Left out on a phone, where a row is a card. */
  readonly wide?: boolean;
}

interface Props<Row> {
  /** What the table holds, for whoever cannot see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly id: (row: Row) => string;
  /** Where a row leads; the first column becomes the link. */
  readonly to?: (row: Row) => string;
  /** Shows the next page; absent at the end. */
  readonly more?: () => void;
  readonly loadingMore?: boolean;
}

/** Rows in a table, or in cards on a phone; long lists render what is near the screen only. */
export function DataTable<Row>(props: Props<Row>) {
  const phone = useMediaQuery("(max-width: 48em)");
  return (
    <div>
      {phone ? <Cards {...props} /> : <Rows {...props} />}
      <More {...props} />
    </div>
  );
}

function Rows<Row>({ label, rows, columns, id, to }: Props<Row>) {
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={label} stickyHeader className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ id, title, width, align }) =>
              title ? (
                <Table.Th key={id} w={width} ta={align}>
                  {title}
                </Table.Th>
              ) : (
                <Table.Th key={id} w={width} role="presentation" />
              ),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={id(row)} className={to ? classes.link : undefined}>
              {columns.map((column, at) => (
                <Table.Td key={column.id} ta={column.align}>
                  {to && at === 0 ? (
                    <Link to={to(row)} className={classes.target}>
                      {column.cell(row)}
                    </Link>
                  ) : (
                    column.cell(row)
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Cards<Row>({ label, rows, columns, id, to }: Props<Row>) {
  const shown = columns.filter(column => !column.wide);
  return (
    <ul aria-label={label} className={classes.cards}>
      {rows.map(row => (
        <li key={id(row)} className={classes.card}>
          {shown.map((column, at) =>
            at === 0 ? (
              <Box key={column.id} fw={600} mb={4}>
                {to ? (
                  <UnstyledButton component={Link} to={to(row)} className={classes.target}>
                    {column.cell(row)}
                  </UnstyledButton>
                ) : (
                  column.cell(row)
                )}
              </Box>
            ) : (
              <div key={column.id} className={classes.pair}>
                <Text span fz="xs" c="dimmed">
                  {column.title}
                </Text>
                <span>{column.cell(row)}</span>
              </div>
            ),
          )}
        </li>
      ))}
    </ul>
  );
}

function More<Row>({ rows, more, loadingMore }: Props<Row>) {
  const say = useTexts(ui);
  if (!more) {
    return rows.length > 20 ? (
      <Text c="dimmed" fz="xs" ta="center" py="sm">
        {say("all")}
      </Text>
    ) : null;
  }
  return (
    <Center py="md">
      <Button variant="default" onClick={more} loading={loadingMore}>
        {say("more")}
      </Button>
    </Center>
  );
}
