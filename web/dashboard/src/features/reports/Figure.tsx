import { Text } from "@mantine/core";
import classes from "./Reports.module.css";

interface Props {
  readonly label: string;
  readonly figure: string;
  readonly note?: string;
}

/** One number with what it means. */
export function Figure({ label, figure, note }: Props) {
  return (
    <div className={classes.tile}>
      <Text fz="sm" c="dimmed">
        {label}
      </Text>
      <div className={classes.figure}>{figure}</div>
      {note && (
        <Text fz="xs" c="dimmed">
          {note}
        </Text>
      )}
    </div>
  );
}
