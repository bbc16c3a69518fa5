/** Short messages in the corner; never the only place of an error. */

import { Notifications } from "@mantine/notifications";
import "./allStyles";
import "@mantine/notifications/styles.layer.css";

export default function Toasts() {
  return <Notifications position="bottom-right" limit={4} />;
}
