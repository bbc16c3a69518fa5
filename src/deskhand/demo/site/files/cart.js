// The cart. It lives in this browser: the shop's server knows nothing of it.

const KEY = "demo-shop-cart";
const MOST = 99;
const GIFT = { sku: "GIFT", least: 20, most: 500 };

const changed = new EventTarget();
let catalogue;

const known = () => (catalogue ??= fetch("/catalogue.json").then(answer => answer.json()));
const cents = amount => Math.round(Number(amount) * 100);
const money = amount => (amount / 100).toFixed(2);

function read() {
  try {
    const lines = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(lines) ? lines : [];
  } catch {
    return [];
  }
}

function write(lines) {
  localStorage.setItem(KEY, JSON.stringify(lines));
  changed.dispatchEvent(new Event("change"));
}

const total = lines => lines.reduce((sum, line) => sum + line.price * line.quantity, 0);

/** What whoever put something into the cart is told. */
const summary = lines => ({ total: money(total(lines)), currency: "EUR", pieces: lines.reduce((sum, line) => sum + line.quantity, 0) });

/** Put it beside what is there, or one more of the same. */
function put(line) {
  const lines = read();
  const same = lines.find(one => one.sku === line.sku && one.size === line.size && one.price === line.price);
  if (same) same.quantity = Math.min(same.quantity + 1, MOST);
  else lines.push({ ...line, quantity: 1 });
  write(lines);
  return summary(lines);
}

/** A product by its article number, in a size where it has sizes; gives the cart's total. */
export async function add(sku, { size } = {}) {
  const product = (await known()).products.find(one => one.sku === sku);
  if (!product) throw new Error(`There is no product ${sku}.`);
  if (!product.in_stock) throw new Error(`${product.name} is sold out.`);
  if (product.sizes.length && !product.sizes.includes(Number(size))) {
    throw new Error(`${product.name} comes in the sizes ${product.sizes.join(", ")}.`);
  }
  const chosen = product.sizes.length ? Number(size) : undefined;
  return put({ sku, name: product.name, price: cents(product.price), size: chosen });
}

/** A gift card; gives the cart's total. */
export async function addGiftCard(amount) {
  const worth = cents(amount);
  if (!(worth >= cents(GIFT.least) && worth <= cents(GIFT.most))) {
    throw new Error(`A gift card is worth ${GIFT.least} to ${GIFT.most} EUR.`);
  }
  return put({ sku: GIFT.sku, name: "Gift card", price: worth });
}

export const remove = at => write(read().filter((_, number) => number !== at));

/** What the page's own script, and scripts of procedures, can do with the cart. */
export const cart = () => ({ lines: read(), ...summary(read()) });

/** Hear of every change, in this tab and in others. */
export function watch(heard) {
  changed.addEventListener("change", heard);
  addEventListener("storage", event => event.key === KEY && heard());
  heard();
}

export { money };
