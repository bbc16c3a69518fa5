import { $api } from "../../../api/client";

/** The language that customers are spoken to in, where nothing else is known: a plain text is taken to be in it. */
export function useUsual(): string {
  const { data } = $api.useQuery("get", "/v1/settings");
  return data?.language.slice(0, 2) ?? "en";
}
