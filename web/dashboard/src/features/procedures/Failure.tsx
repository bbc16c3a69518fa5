/** What could not be done with a procedure: told in the corner, and in the page until somebody closes it. */

import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Store, useStore } from "../../editor/store";
import { useTexts } from "../../i18n/language";
import { ErrorNote, sentence } from "../../ui/ErrorNote";
import { Prose } from "../../ui/Prose";
import { ui } from "../../ui/texts";

interface Failed {
  readonly title: string;
  readonly error: unknown;
}

const TOAST = "procedures-failed";
const store = new Store<{ readonly failed: Failed | null }>({ failed: null });

/** Says that something failed, or forgets it once it is read or tried again. */
export function useFailing() {
  const say = useTexts(ui);
  return {
    fail: (title: string, error: unknown) => {
      store.set({ failed: { title, error } });
      notifications.hide(TOAST);
      notifications.show({
        id: TOAST,
        color: "red",
        role: "alert",
        title,
        message: (
          <Text fz="sm" c="var(--mantine-color-text)">
            <Prose text={sentence(error)} />
          </Text>
        ),
        autoClose: false,
        closeButtonProps: { "aria-label": say("close") },
      });
    },
    forget: () => {
      store.set({ failed: null });
      notifications.hide(TOAST);
    },
  };
}

/** Stands where the procedures are; nothing while nothing failed. */
export function Failure() {
  const { forget } = useFailing();
  const shown = useStore(store, state => state.failed);
  return shown && <ErrorNote title={shown.title} error={shown.error} close={forget} />;
}
