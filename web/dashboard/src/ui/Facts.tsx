import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Facts.module.css";

interface Props {
  /** What is known, by its name; what is null or empty is left out. */
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}

/** Names and values beneath one another. */
export function Facts({ facts }: Props) {
  const shown = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl className={classes.facts}>
      {shown.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <Text component="dt" fz="xs" c="dimmed">
            {name}
          </Text>
          <Group component="dd" m={0} gap={6} fz="sm" className={classes.value}>
            {value}
          </Group>
        </div>
      ))}
    </dl>
  );
}
