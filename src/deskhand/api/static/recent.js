// The conversations of late, to go back to.

import { byId, h } from "./dom.js";
import { shortTime } from "./time.js";

const MOST = 20;

/** The list in the header; choosing opens a conversation through the address. */
export class Recent {
  #client;
  #conversation;
  #select = byId("recent");

  constructor(client, conversation) {
    this.#client = client;
    this.#conversation = conversation;
    this.#select.addEventListener("change", () => (location.hash = this.#select.value));
    for (const change of ["opened", "made", "lost"]) conversation.addEventListener(change, () => this.read());
  }

  async read() {
    try {
      const { items } = await this.#client.get(`/v1/conversations?limit=${MOST}`);
      this.#show(items);
    } catch {
      // the list that is there stays
    }
  }

  #show(items) {
    if (document.activeElement === this.#select) return; // not under somebody's hands
    const here = this.#conversation.id;
    const known = items.some(({ id }) => id === here) || !here;
    this.#select.replaceChildren(
      h("option", { value: "" }, "New conversation"),
      ...(known ? [] : [h("option", { value: here }, "This conversation")]),
      ...items.map((item) => h("option", { value: item.id }, label(item))),
    );
    this.#select.value = here ?? "";
    byId("recent-label").hidden = !items.length;
  }
}

function label({ updated_at: at, mode, status, runs }) {
  const top = runs?.at(-1)?.name;
  const state = status === "resolved" ? "resolved" : mode === "member" ? "with a colleague" : (top ?? "with the agent");
  return `${shortTime(at)}, ${state}`;
}
