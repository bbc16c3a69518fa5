/** Where the reader is: whoever has gone elsewhere is not called back by what comes late. */

import { useCallback, useRef } from "react";
import { type NavigateOptions, useLocation, useNavigate, useNavigation } from "react-router";

/** Tells whether the reader has left the screen that this belongs to, or is leaving it; also once it is gone. */
export function useLeft(): () => boolean {
  const here = useLocation().pathname;
  const next = useNavigation().location?.pathname ?? here;
  const place = useRef({ here, next });
  place.current = { here, next };
  return useCallback(() => {
    const { here, next } = place.current;
    const shown = new URL(here, window.location.href).pathname;
    return next !== here || shown !== window.location.pathname;
  }, []);
}

/** Leads on once the server has answered, unless the reader has left the screen meanwhile. */
export function useLeading(): (to: string, options?: NavigateOptions) => Promise<void> {
  const navigate = useNavigate();
  const left = useLeft();
  return async (to, options) => {
    if (!left()) await navigate(to, options);
  };
}
