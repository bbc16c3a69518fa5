/** What happens once somebody is in. */

import type { Me } from "@deskhand/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { claim } from "../../app/personal";
import { forgetBeginning } from "../../app/session";
import { useLanguage } from "../../i18n/language";

/** Where to go after signing in: an address of this page alone, whatever the link says. */
export function within(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in") ? next : "/";
}

/** Lets somebody in: what was known of anybody else is forgotten. */
export function useEnter(): (me: Me, next?: string | null) => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { choose } = useLanguage();
  return (me, next = null) => {
    forgetBeginning();
    queries.clear();
    queries.setQueryData(["get", "/v1/me"], me);
    if (me.member?.language) choose(me.member.language);
    if (claim(me))
      location.replace(within(next)); // anew: what is in memory is somebody else's, too
    else void navigate(within(next), { replace: true });
  };
}
