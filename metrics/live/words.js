// Texts and numbers in the reader's language. All texts come with the data; none stands in the code.

const NARROW_SPACE = "\u202f";

// Returns say, number, percent for one language. `texts` maps a key to a text or to its plural forms.
function speaker(language, texts) {
  const plural = new Intl.PluralRules(language);
  const formats = new Map();
  const written = new Map(); // the figures of a drag are the same few hundred again and again

  const format = (x, decimals) => {
    if (!formats.has(decimals)) {
      const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: "always" };
      formats.set(decimals, new Intl.NumberFormat(language, digits));
    }
    return formats.get(decimals).format(x).replace(/\u00a0/g, NARROW_SPACE);
  };

  const number = (x, decimals = 0) => {
    const key = `${x}/${decimals}`;
    if (!written.has(key)) written.set(key, format(x, decimals));
    return written.get(key);
  };

  const percent = (x, decimals = 0) => `${number(x, decimals)}${NARROW_SPACE}%`;

  const say = (key, params = {}) => {
    let text = texts[key];
    if (text === undefined) return key;
    if (typeof text === "object") text = text[plural.select(params.n ?? 0)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (place, name) => {
      if (!(name in params)) return place;
      const value = params[name];
      return typeof value === "number" ? number(value) : value;
    });
  };

  return { say, number, percent, language };
}

// Returns a title as it stands inside a sentence: "Client protection" -> "client protection", "PAR30" stays.
function within(title) {
  const [first = "", second = ""] = title;
  return second && second === second.toLowerCase() && second !== second.toUpperCase()
    ? first.toLowerCase() + title.slice(1)
    : title;
}
