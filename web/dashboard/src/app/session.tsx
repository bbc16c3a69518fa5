/** Who is signed in, and what they may do. */

import type { Me } from "@deskhand/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import { api, onSignedOut, Problem } from "../api/client";
import { useLanguage } from "../i18n/language";
import type { Language } from "../i18n/texts";
import { ErrorNote } from "../ui/ErrorNote";
import { Waiting } from "../ui/Waiting";
import { claim } from "./personal";

export type Role = Me["role"];

const Context = createContext<Me | null>(null);
const KEY = ["get", "/v1/me"] as const;

/** Shows its children to whoever is signed in; all others are led to the sign-in and back here. */
export function SignedIn({ children }: { children: ReactNode }) {
  const navigate = useNavigate();
  const { pathname, search, hash } = useLocation();
  const queries = useQueryClient();
  const me = useQuery({ queryKey: KEY, queryFn: whoAmI, staleTime: 60_000, retry: false });
  const refused = me.error instanceof Problem && me.error.status === 401;
  useOwnLanguage(me.data);
  useEffect(() => onSignedOut(() => void queries.invalidateQueries({ queryKey: KEY })), [queries]);
  useEffect(() => {
    if (!refused) return;
    queries.removeQueries({ predicate: query => query.queryKey[1] !== KEY[1] });
    const next = `${pathname}${search}${hash}`;
    void navigate(next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`, { replace: true });
  }, [refused, navigate, pathname, search, hash, queries]);
  if (me.data && !refused) return <Context value={me.data}>{children}</Context>;
  if (me.error && !refused) return <ErrorNote error={me.error} retry={() => void me.refetch()} page />;
  return <Waiting page />;
}

async function whoAmI(asked: { signal: AbortSignal }): Promise<Me> {
  const me = await whoCalls(asked);
  if (!claim(me)) return me;
  location.reload(); // what is in memory is somebody else's, too
  return new Promise(() => {});
}

async function whoCalls({ signal }: { signal: AbortSignal }): Promise<Me> {
  if (isStranger()) {
    if (!(await isDemo())) throw new Problem(401, "urn:deskhand:problem:unauthenticated", "Nobody is signed in.");
    await api.POST("/v1/sign-in/demo");
    return ask(signal);
  }
  try {
    return await ask(signal);
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401 && (await isDemo()))) throw error;
    await api.POST("/v1/sign-in/demo");
    return ask(signal);
  }
}

const beginning = () => document.querySelector<HTMLMetaElement>("meta[name=deskhand-session]");

/** Whether the page came to a browser that has no session; true once, for soon it may have one. */
function isStranger(): boolean {
  const stranger = beginning()?.content === "none";
  forgetBeginning();
  return stranger;
}

/** Forgets how the page began: somebody has signed in since. */
export function forgetBeginning(): void {
  beginning()?.remove();
}

async function ask(signal: AbortSignal): Promise<Me> {
  const { data } = await api.GET("/v1/me", { signal });
  if (!data) throw new Error("/v1/me came back empty");
  return data;
}

async function isDemo(): Promise<boolean> {
  const answer = await fetch("/session.json");
  return answer.ok && ((await answer.json()) as { demo?: boolean }).demo === true;
}

/** Who is signed in. */
export function useMe(): Me {
  const me = use(Context);
  if (!me) throw new Error("useMe belongs inside SignedIn");
  return me;
}

/** Speaks the language that the member chose, wherever that was. */
function useOwnLanguage(me: Me | undefined): void {
  const { choose } = useLanguage();
  const own = me?.member?.language;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice changes it
  useEffect(() => {
    if (own) choose(own);
  }, [own]);
}

/** Chooses the language, here and wherever else the member signs in. */
export function useChooseLanguage(): (language: Language) => void {
  const me = useMe();
  const queries = useQueryClient();
  const { choose } = useLanguage();
  return language => {
    choose(language);
    if (!me.member) return;
    void api
      .PATCH("/v1/me", { body: { language } })
      .then(({ data }) => queries.setQueryData(KEY, data))
      .catch(() => {}); // it holds in this browser all the same
  };
}

/** Works in another workspace of one's own; what was loaded of this one is forgotten. */
export function useSwitchWorkspace(): (workspace: string) => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async workspace => {
    const { data } = await api.POST("/v1/me/workspace", { body: { workspace } });
    queries.clear();
    queries.setQueryData(KEY, data);
    await navigate("/");
  };
}

/** Whether whoever is signed in may create, edit, publish and configure. */
export function useMayBuild(): boolean {
  return useMe().role !== "agent";
}
