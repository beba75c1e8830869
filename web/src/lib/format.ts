/** Length or position in seconds as people read it: 3:07, 1:02:33. Anything that is no time reads 0:00. */
export function formatTime(seconds: number): string {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Counts with the grouping of the language: 104,212 or 104.212. */
export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** A measured number with so many decimals, and a true minus sign: −7.52. */
export function formatDecimal(value: number, decimals: number, language: string): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(language, digits).format(value).replace("-", "−");
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Bytes in the largest unit that keeps the number above one: 11.4 MB. */
export function formatBytes(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), BYTE_UNITS.length - 1);
  const unit = BYTE_UNITS[power] ?? "byte";
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}

/** A calendar day of an RFC 3339 time, in the reader's zone. */
export function formatDate(time: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(time));
}

const shortDates = new Map<string, Intl.DateTimeFormat>();

/** A day as narrow as it can be told: without the year if it is this one. */
export function formatShortDate(time: string, language: string, now = new Date()): string {
  const date = new Date(time);
  const thisYear = date.getFullYear() === now.getFullYear();
  const key = `${language} ${thisYear}`;
  // Making a format is slow, and a table of songs asks for hundreds of dates.
  const known = shortDates.get(key);
  const format =
    known ??
    new Intl.DateTimeFormat(language, {
      day: "numeric",
      month: "short",
      ...(!thisYear && { year: "2-digit" }),
    });
  shortDates.set(key, format);
  return format.format(date);
}

const DAY_MS = 86_400_000;
const DAYS_BY_NAME = 7;

/** A moment as people tell it: "yesterday, 23:12", or the date alone once it is a week ago. */
export function formatMoment(time: string, language: string, now = new Date()): string {
  const moment = new Date(time);
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((midnight(now) - midnight(moment)) / DAY_MS);
  if (days < 0 || days >= DAYS_BY_NAME) return formatDate(time, language);
  const day = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day");
  const clock = new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(moment);
  return `${day}, ${clock}`;
}
