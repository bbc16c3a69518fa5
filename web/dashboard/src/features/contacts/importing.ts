/** Brings contacts to the server in parts. */

import { api } from "../../api/client";
import type { NewContact } from "./csv";

export interface Report {
  readonly all: number;
  readonly done: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** By the row of the file, where the names are row 1. */
  readonly refused: readonly { readonly row: number; readonly reason: string }[];
  readonly over: boolean;
  readonly error: unknown;
}

/** Contacts of one request; the server takes 1,000. */
const PART = 250;

/** Bring all of them; `tell` hears how far it is, and at the end what stopped it. */
export async function bring(contacts: readonly NewContact[], tell: (report: Report) => void): Promise<void> {
  const all = contacts.length;
  let report: Report = {
    all,
    done: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: [],
    over: all === 0,
    error: null,
  };
  tell(report);
  for (let from = 0; from < all; from += PART) {
    const part = contacts.slice(from, from + PART);
    try {
      const { data } = await api.POST("/v1/contacts/import", { body: { contacts: part as never } });
      if (!data) throw new Error("the import came back empty");
      const refused = data.refused.map(({ index, reason }) => ({ row: from + index + 2, reason }));
      report = {
        ...report,
        done: from + part.length,
        created: report.created + data.created,
        updated: report.updated + data.updated,
        unchanged: report.unchanged + data.unchanged,
        refused: [...report.refused, ...refused],
        over: from + part.length >= all,
      };
      tell(report);
    } catch (error) {
      return tell({ ...report, over: true, error });
    }
  }
}
