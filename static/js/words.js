// What scripts say: texts stand in data- attributes of the page, with braces
// for the values.

const language = document.documentElement.lang;

// fill puts values into a text. A value is never taken for a placeholder.
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// number writes a number as the language does.
export const number = (n) => new Intl.NumberFormat(language).format(n);

// plural chooses among the forms of a text, which are JSON.
export function plural(forms, count) {
  const all = JSON.parse(forms);
  return fill(all[new Intl.PluralRules(language).select(count)] || all.other, { count: number(count) });
}
