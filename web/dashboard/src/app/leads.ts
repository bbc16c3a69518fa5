/** Whether an address leads to a screen: links to what is not there are not shown. */

import { matchPath } from "react-router";
import { SCREENS } from "./screens";

export function leads(address: string): boolean {
  const path = address.split(/[?#]/)[0] ?? "";
  return SCREENS.some(screen => matchPath(screen.path, path) !== null);
}
