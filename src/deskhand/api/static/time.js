// Times as people say them.

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The time of day; the day in front where it is not today's. */
export function shortTime(at, { seconds = false } = {}) {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return "";
  const ofDay = (seconds ? clockWithSeconds : clock).format(time);
  return time.toDateString() === new Date().toDateString() ? ofDay : `${day.format(time)}, ${ofDay}`;
}

/** Day, time and zone, for a tooltip. */
export function wholeTime(at) {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? "" : whole.format(time);
}

/** How long until then, from `now`: `23 h 5 min`, `4 min`, `less than a minute`; null when it has passed. */
function timeLeft(until, now = Date.now()) {
  const left = new Date(until).getTime() - now;
  if (!(left > 0)) return null;
  if (left < MINUTE) return "less than a minute";
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min`;
  if (left < 2 * DAY) return `${Math.floor(left / HOUR)} h ${Math.floor((left % HOUR) / MINUTE)} min`;
  return `${Math.floor(left / DAY)} days`;
}

/** Milliseconds as people read them: `84 ms`, `1.2 s`. */
export function duration(ms) {
  if (ms === null || ms === undefined) return "";
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Keep every `<span data-until=…>` in the page up to date, whenever it was put there. */
export function keepTimeLeft() {
  setInterval(() => document.querySelectorAll("[data-until]").forEach(showTimeLeft), 10_000);
}

/** Write the time left into a `<span data-until=…>`. */
export function showTimeLeft(element) {
  const left = timeLeft(element.dataset.until);
  element.textContent = left ? `${left} left` : "time is up";
}
