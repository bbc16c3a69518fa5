// The shop's own script: its buttons, its cart, and what it tells the chat.

import { add, addGiftCard, cart, money, remove, watch } from "./cart.js";
import "./size-picker.js";

const { customer, order } = document.body.dataset;
const find = selector => document.querySelector(selector);

/** What scripts of procedures find in this page: the shop decides what they can do here. */
window.shop = Object.freeze({ add, addGiftCard, cart });

// the chat

/** Commands wait here until the chat's own script has come. */
window.Deskhand ??= (...command) => {
  window.Deskhand.q = [...(window.Deskhand.q ?? []), command];
};
const chat = (...command) => window.Deskhand(...command);

async function userToken() {
  const answer = await fetch("/user-token");
  if (!answer.ok) throw new Error("Nobody is signed in any more.");
  return answer.text();
}

// who it is, the shop's server has signed; which order was the last one, the page only says
if (customer) chat("identify", userToken);
if (order) chat("variables", { order_id: order });
chat("element", "shop-size-picker");
if (customer) find(".who").addEventListener("submit", () => chat("reset"));

// buttons

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("button");
  const { say, start, order, add: sku, sizes, name } = button?.dataset ?? {};
  if (say) chat("send", say);
  if (start) chat("start", start, { order_id: order });
  if (sku && sizes) pickSize(sku, name, JSON.parse(sizes));
  else if (sku) await add(sku);
});

function pickSize(sku, label, sizes) {
  const dialog = document.createElement("dialog");
  const picker = Object.assign(document.createElement("shop-size-picker"), { label, sizes });
  const close = Object.assign(document.createElement("button"), { className: "quiet", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  picker.addEventListener("result", async ({ detail }) => {
    await add(sku, detail);
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.setAttribute("aria-label", label);
  dialog.append(picker, close);
  document.body.append(dialog);
  dialog.showModal();
}

// the cart

function line({ sku, name, size, quantity, price }, at) {
  const node = find("#cart-line").content.cloneNode(true);
  const what = size ? `${name}, size ${size}` : name;
  node.querySelector("img").src = `/files/pictures/${encodeURIComponent(sku.toLowerCase())}.svg`;
  node.querySelector(".name").textContent = `${quantity} × ${what}`;
  node.querySelector(".price").textContent = `${money(quantity * price)} EUR`;
  const button = node.querySelector("button");
  button.setAttribute("aria-label", `Remove: ${what}`);
  button.addEventListener("click", () => remove(at));
  return node;
}

watch(() => {
  const { lines, total, currency, pieces } = cart();
  find("#cart-count").textContent = pieces ? `(${pieces}) ${total} ${currency}` : "";
  const list = find("#cart-lines");
  if (!list) return;
  list.replaceChildren(...lines.map(line));
  find("#cart-empty").hidden = lines.length > 0;
  const sum = find("#cart-total");
  sum.hidden = !lines.length;
  sum.textContent = `Total: ${total} ${currency}`;
});
