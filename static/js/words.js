// What scripts say: texts stand in data- attributes of the page, with braces
// for the values.

const language = document.documentElement.lang;

// fill puts values into a text. A value is never taken for a placeholder.
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// number writes a number as the language does.
export const number = (n) => new Intl.NumberFormat(language).format(n);

// clock writes a time as minutes and seconds.
export function clock(seconds) {
  if (!Number.isFinite(seconds)) return "–:––";
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// bytes writes a size.
export function bytes(n) {
  const [unit, divisor, digits] = n < 1 << 20 ? ["kilobyte", 1 << 10, 0] : ["megabyte", 1 << 20, 1];
  const format = new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: digits });
  // Browsers write a small к in Russian, and a large М: two ways in one list.
  return format.format(Math.max(n / divisor, n ? 1 : 0)).replace("кБ", "КБ");
}

// plural chooses among the forms of a text, which are JSON.
export function plural(forms, count) {
  const all = JSON.parse(forms);
  return fill(all[new Intl.PluralRules(language).select(count)] || all.other, { count: number(count) });
}
