import { useComputedColorScheme } from "@mantine/core";

/** Whether it is dark: for what does not take its colours from CSS. */
export function useTheme(): boolean {
  return useComputedColorScheme("light") === "dark";
}
