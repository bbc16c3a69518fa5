/** Bars by day, loaded when the first one is shown: the library that draws them is large. */

import "@mantine/charts/styles.layer.css";
import { BarChart } from "@mantine/charts";
import { ColorSwatch, Group, Text } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { useNumbers } from "./numbers";

export interface Series {
  readonly name: string;
  readonly label: string;
  /** Of Mantine's colours. */
  readonly color: string;
}

export interface Bars {
  /** What is drawn, for whoever cannot see it. */
  readonly label: string;
  readonly days: readonly (Readonly<Record<string, number | string>> & { readonly day: string })[];
  readonly series: readonly Series[];
}

export default function Chart({ days, series }: Bars) {
  const { day, number } = useNumbers();
  const still = useReducedMotion();
  return (
    <>
      <BarChart
        h={240}
        data={days.map(one => ({ ...one }))}
        dataKey="day"
        type="stacked"
        series={series.map(one => ({ ...one }))}
        tickLine="none"
        valueFormatter={number}
        xAxisProps={{
          tickFormatter: (value: string) => day(value),
          minTickGap: 24,
          interval: "equidistantPreserveStart",
        }}
        yAxisProps={{ allowDecimals: false, width: 40 }}
        tooltipProps={{ labelFormatter: (value: unknown) => day(String(value), true) }}
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: !still, animationDuration: 250 }}
        maxBarWidth={36}
      />
      {series.length > 1 && (
        <Group gap="md" justify="flex-end" mt="xs">
          {series.map(one => (
            <Group key={one.name} gap={6} wrap="nowrap">
              <ColorSwatch size={10} color={`var(--mantine-color-${one.color.replace(".", "-")})`} withShadow={false} />
              <Text fz="xs">{one.label}</Text>
            </Group>
          ))}
        </Group>
      )}
    </>
  );
}
