import type { ShownModel, ShownSpending } from "@deskhand/contract";
import { Button, Collapse, Skeleton, Stack, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { $api } from "../../../api/client";
import { useLanguage, useTexts } from "../../../i18n/language";
import { numberText } from "../../../i18n/texts";
import { Loaded } from "../../../ui/Loaded";
import { models } from "./texts";

const Chart = lazy(() => import("../../reports/Chart"));
const DAYS = 30;
const MILLION = 1_000_000;

/** What a model took, day by day. */
export function Spending({ of }: { of: ShownModel }) {
  const say = useTexts(models);
  const [open, { toggle }] = useDisclosure(false);
  return (
    <Stack gap="xs" mt="sm" align="stretch">
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={toggle}
          aria-expanded={open}
          rightSection={open ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
        >
          {say("spending")}
        </Button>
      </div>
      <Collapse expanded={open}>{open && <Days of={of} />}</Collapse>
    </Stack>
  );
}

function Days({ of }: { of: ShownModel }) {
  const say = useTexts(models);
  const since = new Date(Date.now() - (DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
  const query = $api.useQuery("get", "/v1/models/{slug}/spending", {
    params: { path: { slug: of.slug }, query: { since } },
  });
  const priced = of.price_input !== null && of.price_output !== null;
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Text fz="sm">{say("nothingSpent")}</Text>
        ) : (
          <Stack gap="sm">
            {!priced && <Text fz="sm">{say("unpriced")}</Text>}
            <figure aria-label={say("spendingOf", { name: of.slug })} style={{ margin: 0 }}>
              <Suspense fallback={<Skeleton h={240} />}>
                <Chart
                  label={say("spendingOf", { name: of.slug })}
                  days={items.toReversed().map(one => ({ day: one.day, cost: shown(one, priced) }))}
                  series={[{ name: "cost", label: say(priced ? "cost" : "input"), color: "desk.6" }]}
                />
              </Suspense>
            </figure>
            <Rows items={items} />
          </Stack>
        )
      }
    </Loaded>
  );
}

function shown(one: ShownSpending, priced: boolean): number {
  return priced ? one.cost / MILLION : one.input_tokens + one.output_tokens;
}

function Rows({ items }: { items: readonly ShownSpending[] }) {
  const say = useTexts(models);
  const { language } = useLanguage();
  const dollars = new Intl.NumberFormat(language, { style: "currency", currency: "USD", maximumFractionDigits: 4 });
  const sum = (value: (one: ShownSpending) => number) => items.reduce((all, one) => all + value(one), 0);
  const cells = (cost: number, calls: number, input: number, output: number) => (
    <>
      <Table.Td ta="right">{dollars.format(cost / MILLION)}</Table.Td>
      <Table.Td ta="right">{numberText(language, calls)}</Table.Td>
      <Table.Td ta="right">{numberText(language, input)}</Table.Td>
      <Table.Td ta="right">{numberText(language, output)}</Table.Td>
    </>
  );
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={say("spending")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say("day")}</Table.Th>
            {(["cost", "calls", "input", "output"] as const).map(name => (
              <Table.Th key={name} ta="right">
                {say(name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(one => (
            <Table.Tr key={`${one.day} ${one.model}`}>
              <Table.Td>{one.day}</Table.Td>
              {cells(one.cost, one.calls, one.input_tokens, one.output_tokens)}
            </Table.Tr>
          ))}
          <Table.Tr fw={600}>
            <Table.Td>{say("sum")}</Table.Td>
            {cells(
              sum(one => one.cost),
              sum(one => one.calls),
              sum(one => one.input_tokens),
              sum(one => one.output_tokens),
            )}
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
