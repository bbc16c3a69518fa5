import { type Icon, IconBraces, IconClick, IconForms, IconPlugConnected, IconWorldBolt } from "@tabler/icons-react";
import type { Kind } from "./model";

export const KIND_ICONS: Readonly<Record<Kind, Icon>> = {
  http: IconWorldBolt,
  mcp: IconPlugConnected,
  form: IconForms,
  button: IconClick,
  javascript: IconBraces,
};
