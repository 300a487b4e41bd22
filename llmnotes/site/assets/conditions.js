"use strict";
// The filter's language: what stands after an option or in `where`, against the values of a model.
// It follows the command's rules; the tests hold its answers against the command's.

const conditions = (() => {
  const base = window.llmnotes;
  const tables = base.filter;
  const tentative = new Set(["estimated", "rumoured"]);

  class Refusal extends Error {}

  function attribute(name) {
    const key = folded(name);
    const found = base.attributes.find(
      (item) => [item.id, item.option, item.label].some((other) => folded(other) === key));
    if (!found) {
      const close = base.attributes.map((item) => [distance(key, folded(item.id)), item.id])
        .sort((a, b) => a[0] - b[0]).slice(0, 3).map((item) => item[1]);
      throw new Refusal(`unknown attribute “${name}”. Nearest: ${close.join(", ")}.`);
    }
    return found;
  }

  const isNumeric = (item) => ["integer", "number", "batch", "quantity"].includes(item.kind);
  const isLenientName = (name, item) => name !== item.id || item.option === item.id;

  // ---- numbers ----

  const NUMBER = /^([+-]?(?:\d{1,3}(?:[,_' ]\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(?:e([+-]?\d+))?(?:\s*(?:\^|\*\*)\s*(-?\d+))?(?:\s*[x×*·]\s*10\s*(?:\^|\*\*)?\s*\{?([+-]?\d+)\}?)?\s*([\p{L}.]+(?: [\p{L}]+)*)?$/iu;

  // A number as people write it: its value, the finest step of its digits, its scale and its unit.
  function quantity(text, binary) {
    const plain = text.normalize("NFKC").trim();
    const match = NUMBER.exec(plain);
    const refuse = () => new Refusal(`“${text}” is not a quantity; write for example 7B, 1.4T, 4k or 2^15`);
    if (!match || plain.length > 60) throw refuse();
    const [, digits, exponent, power, tens, word] = match;
    const written = digits.replace(/[,_' ]/g, "");
    const places = (written.split(".")[1] || "").length;
    let value = Number(written) * 10 ** Number(exponent || 0);
    let step = 10 ** (Number(exponent || 0) - places);
    if (power) [value, step] = [value ** Number(power), 0];
    if (tens) [value, step] = [value * 10 ** Number(tens), step * 10 ** Number(tens)];
    let scale = "";
    let unit = null;
    if (word) {
      const words = word.split(" ");
      for (let count = words.length; count > 0 && !scale; count -= 1) {
        const head = words.slice(0, count).join(" ").toLowerCase();
        if (tables.scales[head] !== undefined) {
          scale = head;
          unit = words.slice(count).join(" ") || null;
        }
      }
      if (!scale) unit = word;
    }
    const factor = scale ? (binary && tables.binary[scale]) || tables.scales[scale] : 1;
    const number = Number(written);
    if (scale && Number.isInteger(number) && number) {
      // 7B is written 70亿: zeros that a scale forces upon a figure say nothing of how fine it is.
      const forced = number >= 1000 && factor === 1e6 ? 3 : tables.round_zeros[scale] || 0;
      step *= 10 ** Math.min(forced, /0*$/.exec(String(number))[0].length);
    }
    return { value: value * factor, step: step * factor, scale: scale || (power ? "^" : exponent || tens ? "e" : ""), unit };
  }

  function unitOf(item, readings, text) {
    const words = [...new Set(readings.map((reading) => reading.unit).filter(Boolean))];
    const known = tables.units[item.id];
    if (!known) {
      const wrong = words.find((word) => !new RegExp(`^(?:${tables.unit_words[item.unit] || "(?!)"})$`, "iu").test(word));
      if (wrong) throw new Refusal(`${item.id}: “${text}” has the unit “${wrong}” where none belongs`);
      return null;
    }
    const units = new Set(words.map((word) => known[folded(word)]));
    if (units.size !== 1 || units.has(undefined)) {
      throw new Refusal(`${item.id}: “${text}” needs a unit, one of ${[...new Set(Object.values(known))].join(", ")}`);
    }
    return [...units][0];
  }

  function bounds(name, operator, text) {
    let [low, high] = operator[0] === ">" ? [text, ""] : operator[0] === "<" ? ["", text] : [text, text];
    if (text.includes("..")) {
      if (operator !== "=") throw new Refusal(`${name}: a range such as “${text}” goes with =, not ${operator}`);
      const at = text.indexOf("..");
      [low, high] = [text.slice(0, at), text.slice(at + 2)];
    }
    [low, high] = [low.trim(), high.replace(/^[ .]+|[ .]+$/g, "")];
    if (!low && !high) throw new Refusal(`${name}: “${text}” has no bound; write for example 7B..70B`);
    return [low, high];
  }

  function interval(item, operator, text, lenient, published) {
    const [low, high] = bounds(item.id, operator, text);
    const read = (part) => {
      if (!part) return [];
      const found = [quantity(part, item.binary)];
      if (lenient && item.binary) found.push(quantity(part, false));
      return found;
    };
    const [lows, highs] = [read(low), read(high)];
    const unit = unitOf(item, [...lows.slice(0, 1), ...highs.slice(0, 1)], text);
    if (lenient && operator === "=" && low === high && item.fallback && !published && lows[0].scale) {
      const [{ value, step }] = lows;
      return { low: value - step / 2, high: value + step / 2, unit };
    }
    const found = {
      low: lows.length ? Math.min(...lows.map((one) => one.value)) : null,
      high: highs.length ? Math.max(...highs.map((one) => one.value)) : null,
      openLow: operator === ">", openHigh: operator === "<", unit,
    };
    if (found.low !== null && found.high !== null && found.low > found.high) {
      throw new Refusal(`${item.id}: “${text}” begins above its end`);
    }
    return found;
  }

  function within(number, wanted) {
    if (wanted.low !== null && !(wanted.openLow ? number > wanted.low : number >= wanted.low)) return false;
    return wanted.high === null || (wanted.openHigh ? number < wanted.high : number <= wanted.high);
  }

  // ---- dates ----

  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

  function date(name, text) {
    const plain = text.trim();
    let match = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(plain);
    if (!match) {
      const words = /^(?:(\d{1,2})\.? )?([a-z]{3})[a-z]*\.?(?: (\d{1,2}),?)? (\d{4})$/i.exec(plain);
      const month = words && MONTHS.indexOf(words[2].toLowerCase()) + 1;
      if (month) match = [plain, words[4], String(month), words[1] || words[3]];
    }
    if (!match || Number(match[2] || 1) > 12 || Number(match[3] || 1) > 31) {
      throw new Refusal(`${name}: “${text}” is not a date; write 2023, 2023-07 or 2023-07-18`);
    }
    return [match[1], match[2], match[3]].filter(Boolean).map((part) => part.padStart(2, "0")).join("-");
  }

  const firstDay = (text) => `${text}-01-01`.slice(0, text.length > 7 ? 10 : text.length > 4 ? 7 : 4)
    + (text.length > 7 ? "" : text.length > 4 ? "-01" : "-01-01");

  function lastDay(text) {
    if (text.length > 7) return text;
    const [year, month] = text.length > 4 ? text.split("-").map(Number) : [Number(text), 12];
    const day = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${day}`;
  }

  function dateTest(item, operator, text, lenient, possible) {
    const [low, high] = bounds(item.id, operator, text);
    const range = text.includes("..") || operator === "=";
    const sides = range ? [[low, ">="], [high, "<="]] : [[low || high, operator]];
    const anyDay = lenient || possible;
    const tests = sides.filter(([day]) => day).map(([day, sign]) => {
      const read = date(item.id, day);
      const limit = { ">=": firstDay, ">": lastDay, "<=": lastDay, "<": firstDay }[sign](read);
      return { sign, limit, earliest: (sign[0] === ">") !== anyDay };
    });
    if (tests.length === 2 && tests[0].limit > tests[1].limit) {
      throw new Refusal(`${item.id}: “${text}” begins after its end`);
    }
    return (value) => tests.every(({ sign, limit, earliest }) => {
      const day = earliest ? firstDay(value) : lastDay(value);
      return { ">=": day >= limit, ">": day > limit, "<=": day <= limit, "<": day < limit }[sign];
    });
  }

  // ---- words ----

  const words = (text) => text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];

  function contains(text, phrase) {
    const asked = words(phrase);
    const found = words(text);
    const starts = new Set();
    const ends = new Set();
    let at = 0;
    for (const word of found) {
      starts.add(at);
      at += word.length;
      ends.add(at);
    }
    const joined = found.join("");
    const stands = (wanted) => {
      for (let place = joined.indexOf(wanted); place >= 0; place = joined.indexOf(wanted, place + 1)) {
        if (starts.has(place) && ends.has(place + wanted.length)) return true;
      }
      return false;
    };
    return asked.length > 0 && (stands(asked.join("")) || asked.every(stands));
  }

  function termTest(item, operator, choice) {
    const { text } = choice;
    const sign = choice.quoted ? null : /^\s*([~^¬≠-]|!+|not\s)\s*/i.exec(text);
    if (sign) throw new Refusal(`${item.id}: “${text}”: for not write !${text.slice(sign[0].length)}`);
    if (item.kind === "organizations") {
      const id = tables.organizations[folded(text)];
      if (!id) throw new Refusal(`${item.id}: unknown organization “${text}”.`);
      return (value) => value === id;
    }
    if (item.kind === "models") {
      const [found] = find(text);
      if (!found) throw new Refusal(`${item.id}: unknown model “${text}”. Nearest: ${nearest(text).join(", ")}.`);
      const ids = found.kind === "model" ? [found.id]
        : base.subjects.filter((one) => one.kind === "model" && one.family === found.id).map((one) => one.id);
      return (value) => ids.includes(value);
    }
    const vocabulary = tables.vocabularies[item.vocabulary];
    if (vocabulary) {
      const term = vocabulary[folded(text)];
      if (term === undefined) {
        const close = [...new Set(Object.values(vocabulary))]
          .map((one) => [distance(folded(text), folded(one)), one]).sort((a, b) => a[0] - b[0]).slice(0, 3);
        throw new Refusal(`${item.id}: unknown ${item.vocabulary.replaceAll("_", " ")} value “${text}”. Nearest: ${close.map((one) => one[1]).join(", ")}.`);
      }
      const wanted = [term, ...((tables.included[item.vocabulary] ?? {})[term] ?? [])];
      return (value) => wanted.includes(value);
    }
    if (!words(text).length) throw new Refusal(`${item.id}: “${text}” holds no word`);
    return operator === "has"
      ? (value) => folded(value).includes(folded(text))
      : (value) => contains(value, text);
  }

  // ---- one comparison ----

  function comparison(item, operator, choice, lenient) {
    if (operator === "!=") return negation(comparison(item, "=", choice, lenient));
    const { text } = choice;
    const ordered = operator !== "=" && operator !== "has";
    const sure = (model, include) => !tentative.has(model.status[item.id]) || include.has(model.status[item.id]);
    const known = (model) => model.values[item.id] !== undefined;
    const test = (holds, holdsNegated = holds) => ({
      yes: (model, include) => known(model) && sure(model, include) && holds(model.values[item.id], model),
      no: (model, include) => known(model) && sure(model, include) && !holdsNegated(model.values[item.id], model),
    });
    if (item.kind === "date") {
      return test(dateTest(item, operator, text, lenient, false), dateTest(item, operator, text, lenient, true));
    }
    if (isNumeric(item)) return numeric(item, operator === "has" ? "=" : operator, text, lenient, sure);
    if (ordered) throw new Refusal(`${item.id} is not a number or a date; compare it with = or !=`);
    if (item.kind === "flag") {
      const word = text.toLowerCase();
      if (!["yes", "true", "1", "no", "false", "0"].includes(word)) throw new Refusal(`${item.id}: “${text}” is neither yes nor no`);
      const wanted = ["yes", "true", "1"].includes(word);
      return test((value) => value === wanted);
    }
    const holds = termTest(item, operator, choice);
    return test((value) => [value].flat().some(holds));
  }

  function numeric(item, operator, text, lenient, sure) {
    const wanted = interval(item, operator, text, lenient, false);
    const published = lenient && item.fallback ? interval(item, operator, text, lenient, true) : null;
    const numbers = (model) => {
      const value = model.values[item.id];
      if (value === undefined) return null;
      if (item.kind === "batch") return wanted.unit === "tokens" ? (value.tokens === null ? null : [value.tokens]) : value.unit === wanted.unit ? [value.value] : null;
      if (item.kind === "quantity") return value.unit === wanted.unit ? [value.value] : null;
      return [value].flat();
    };
    const holds = (model, found) => found.some((number) => within(number, wanted))
      || (published !== null && model.values[item.fallback] !== undefined && within(model.values[item.fallback], published));
    const decided = (model, include) => (sure(model, include) ? numbers(model) : null);
    return {
      yes: (model, include) => { const found = decided(model, include); return found !== null && holds(model, found); },
      no: (model, include) => { const found = decided(model, include); return found !== null && !holds(model, found); },
    };
  }

  const negation = (test) => ({ yes: test.no, no: test.yes });
  const all = (tests) => ({
    yes: (model, include) => tests.every((test) => test.yes(model, include)),
    no: (model, include) => tests.some((test) => test.no(model, include)),
  });
  const any = (tests) => negation(all(tests.map(negation)));

  // ---- lists of values ----

  function choices(text) {
    const found = [];
    let rest = text;
    while (rest !== null) {
      const whole = /^\s*(!?)\s*(?:"([^"]*)"|'([^']*)')\s*(?:,|$)/.exec(rest);
      if (whole) {
        found.push({ text: whole[2] ?? whole[3], negated: whole[1] === "!", quoted: true });
        rest = whole[0].trimEnd().endsWith(",") ? rest.slice(whole[0].length) : null;
        continue;
      }
      if (/^\s*!?\s*["']/.test(rest)) throw new Refusal(`“${text}” opens a quote and does not close it`);
      const at = rest.indexOf(",");
      const part = (at < 0 ? rest : rest.slice(0, at)).trim();
      const negated = part.startsWith("!") && !part.startsWith("!=");
      const plain = negated ? part.slice(1).trim() : part;
      if (!plain) throw new Refusal(`a value is missing in “${text}”`);
      if (negated && plain.startsWith("!")) throw new Refusal(`“${part}” says not twice`);
      found.push({ text: plain, negated, quoted: false });
      rest = at < 0 ? null : rest.slice(at + 1);
    }
    if (found.some((one) => one.negated) && !found[0].negated) {
      throw new Refusal(`“${text}” mixes or with not; state what is excluded by itself`);
    }
    return { values: found, negated: found[0].negated };
  }

  const SIGNS = [[">=", ">="], ["<=", "<="], ["!=", "!="], ["<>", "!="], ["==", "="], ["≥", ">="], ["≤", "<="], ["≠", "!="], [">", ">"], ["<", "<"], ["=", "="]];

  function rejoined(item, values) {
    const known = tables.vocabularies[item.vocabulary];
    if (!known) return values;
    const found = [];
    for (let at = 0; at < values.length;) {
      let end = at + 1;
      let whole = values[at];
      if (known[folded(whole.text)] === undefined) {
        for (let last = values.length; last > end; last -= 1) {
          const text = values.slice(at, last).map((one) => one.text).join(", ");
          if (known[folded(text)] !== undefined) {
            whole = { ...values[at], text };
            end = last;
            break;
          }
        }
      }
      found.push(whole);
      at = end;
    }
    return found;
  }

  // The condition that a list of values stands for: any of them, or none where it is negated.
  function listed(item, operator, text, lenient) {
    let plain = text;
    if (item.kind === "date") plain = plain.replace(/([A-Za-z]{3,9}\.?\s+\d{1,2}),\s*(?=\d{4}\b)/g, "$1 ");
    if (isNumeric(item)) plain = plain.replace(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g, (number) => number.replaceAll(",", ""));
    const read = choices(plain);
    const tests = rejoined(item, read.values).map((choice) => {
      let sign = operator;
      let value = choice;
      if (operator === "=" && !choice.quoted) {
        const found = SIGNS.find(([written]) => choice.text.startsWith(written));
        if (found) {
          sign = found[1];
          value = { ...choice, text: choice.text.slice(found[0].length).trim() };
        }
      }
      if (!value.text) throw new Refusal(`${item.id}: a value is missing in “${text}”`);
      return comparison(item, sign, value, lenient);
    });
    const joined = tests.length === 1 ? tests[0] : any(tests);
    return read.negated ? negation(joined) : joined;
  }

  // ---- scores and ratios ----

  function measure(text) {
    const parts = text.match(/[A-Za-z_][\w-]*(?:\.(?:"[^"]*"|'[^']*'|[\w+-]+(?:\.[\w+-]+)*))?|\d[\w.]*|[/*÷×·]/g) || [];
    const factors = [];
    let divides = false;
    for (const part of parts) {
      if (/^[/*÷×·]$/.test(part)) {
        divides = "/÷".includes(part);
        continue;
      }
      factors.push({ divides, read: factor(part) });
    }
    if (!factors.length) throw new Refusal(`“${text}” is no ratio or score; write for example d_ff / d_model`);
    return (model, include) => {
      let value = 1;
      for (const one of factors) {
        const number = one.read(model, include);
        if (number === null || (one.divides && number === 0)) return null;
        value = one.divides ? value / number : value * number;
      }
      return value;
    };
  }

  function factor(part) {
    if (/^\d/.test(part)) {
      const { value } = quantity(part, false);
      return () => value;
    }
    const at = part.indexOf(".");
    const item = attribute(at < 0 ? part : part.slice(0, at));
    const sure = (model, include) => !tentative.has(model.status[item.id]) || include.has(model.status[item.id]);
    if (at >= 0) {
      if (item.kind !== "results") throw new Refusal(`${item.id} has no parts; only evaluation has, evaluation.MMLU`);
      const score = benchmark(part.slice(at + 1).replace(/^["']|["']$/g, ""));
      return (model, include) => (sure(model, include) ? score(model.values[item.id]) : null);
    }
    if (!isNumeric(item) || ["batch", "quantity"].includes(item.kind)) {
      throw new Refusal(`${item.id} is no plain number to reckon with`);
    }
    return (model, include) => {
      const value = model.values[item.id];
      return value === undefined || !sure(model, include) ? null : Math.max(...[value].flat());
    };
  }

  function benchmark(name) {
    let key = folded(name);
    let metric = null;
    if (!tables.benchmarks[key]) {
      const at = name.lastIndexOf(".");
      key = folded(name.slice(0, Math.max(at, 0)));
      const found = tables.benchmarks[key];
      const asked = folded(name.slice(at + 1));
      metric = found && found.metrics.find(([one]) => one && [folded(one), folded(one.split(" ")[0])].includes(asked));
      if (!metric) {
        const close = Object.values(tables.benchmarks)
          .map((one) => [distance(folded(name), folded(one.name)), one.name]).sort((a, b) => a[0] - b[0]).slice(0, 3);
        throw new Refusal(`unknown benchmark “${name}”. Nearest: ${close.map((one) => one[1]).join(", ")}.`);
      }
    }
    const found = tables.benchmarks[key];
    const falling = new Set((metric ? [metric] : found.metrics).map((one) => one[1]));
    if (falling.size > 1) {
      throw new Refusal(`evaluation.${name} is measured by ${found.metrics.map((one) => one[0]).filter(Boolean).join(", ")}; name one`);
    }
    const best = falling.has(true) ? Math.min : Math.max;
    return (results) => {
      const scores = (results || []).filter(([benchmarkKey, of]) => benchmarkKey === key && (!metric || of === metric[0])).map((one) => one[2]);
      return scores.length ? best(...scores) : null;
    };
  }

  function measured(value, operator, text) {
    if (operator === "!=") return negation(measured(value, "=", text));
    const [low, high] = bounds("the ratio", operator, text);
    const number = (part) => (part ? quantity(part, false).value : null);
    const wanted = { low: number(low), high: number(high), openLow: operator === ">", openHigh: operator === "<" };
    return {
      yes: (model, include) => { const found = value(model, include); return found !== null && within(found, wanted); },
      no: (model, include) => { const found = value(model, include); return found !== null && !within(found, wanted); },
    };
  }

  // ---- where ----

  const TOKEN = /\s*(?:(>=|<=|!=|<>|==|≥|≤|≠|=|<|>)|([(),!])|("[^"]*"|'[^']*')|([^\s()=<>!,"'≥≤≠]+))/gy;

  function tokens(text) {
    const found = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.trimEnd().length) {
      const at = TOKEN.lastIndex;
      const match = TOKEN.exec(text);
      if (!match) throw new Refusal(`where cannot go on in column ${at + 1}`);
      const [, operator, sign, quoted, word] = match;
      found.push({ kind: operator ? "operator" : sign || (quoted ? "quoted" : "word"), text: operator || sign || quoted || word, at: match.index + match[0].length - (operator || sign || quoted || word).length });
    }
    return found;
  }

  function where(text) {
    const list = tokens(text);
    let at = 0;
    const peek = (offset = 0) => list[at + offset];
    const isWord = (token, ...names) => token && token.kind === "word" && names.includes(token.text.toLowerCase());
    const refuse = (wanted) => new Refusal(peek()
      ? `where cannot go on at “${text.slice(peek().at, peek().at + 12)}” in column ${peek().at + 1}; expected ${wanted}`
      : `where ends in column ${text.length + 1}; expected ${wanted}`);

    function either() {
      const parts = [both()];
      while (isWord(peek(), "or")) { at += 1; parts.push(both()); }
      return parts.length > 1 ? any(parts) : parts[0];
    }
    function both() {
      const parts = [part()];
      while (isWord(peek(), "and")) { at += 1; parts.push(part()); }
      return parts.length > 1 ? all(parts) : parts[0];
    }
    function part() {
      if (isWord(peek(), "not") || peek()?.kind === "!") { at += 1; return negation(part()); }
      if (peek()?.kind === "(") {
        at += 1;
        const inner = either();
        if (peek()?.kind !== ")") throw refuse("`)`, and or or");
        at += 1;
        return inner;
      }
      return test();
    }
    function subject() {
      if (peek()?.kind !== "word") throw refuse("an attribute, not or `(`");
      let name = peek().text;
      at += 1;
      if (name.endsWith(".") && peek()?.kind === "quoted") { name += peek().text; at += 1; }
      while (/[/*÷×·]$/.test(name) || (peek()?.kind === "word" && /^[/*÷×·]/.test(peek().text))) {
        if (peek()?.kind !== "word") throw refuse("a number or an attribute");
        name += peek().text;
        at += 1;
      }
      return name;
    }
    function operand() {
      const parts = [];
      const inside = peek()?.kind === "(";
      if (inside) at += 1;
      const start = peek()?.at;
      let end = start;
      for (;;) {
        if (peek()?.kind === "!") at += 1;
        if (!peek() || !["word", "quoted"].includes(peek().kind)) throw refuse("a value");
        parts.push(peek());
        end = peek().at + peek().text.length;
        at += 1;
        while (peek()?.kind === "word" && (/^[/*÷×·]/.test(peek().text) || /[/*÷×·]$/.test(parts.at(-1).text))) {
          parts.push(peek());
          end = peek().at + peek().text.length;
          at += 1;
        }
        if (peek()?.kind !== ",") break;
        at += 1;
      }
      if (inside) {
        if (peek()?.kind !== ")") throw refuse("`,` or `)`");
        at += 1;
      }
      return text.slice(start, end);
    }
    function test() {
      const name = subject();
      const ratio = /[./*÷×·]/.test(name);
      if (isWord(peek(), "is")) {
        at += 1;
        const negated = isWord(peek(), "not");
        if (negated) at += 1;
        const state = peek()?.text.toLowerCase();
        if (!["unknown", "known", "undisclosed", "reported", "derived", "estimated", "rumoured", "not-applicable"].includes(state)) {
          throw refuse("unknown, undisclosed, known, reported, derived, estimated or rumoured");
        }
        at += 1;
        const found = standing(attribute(name), state);
        return negated ? negation(found) : found;
      }
      let operator = "=";
      let negated = false;
      if (isWord(peek(), "not") && isWord(peek(1), "in")) { at += 2; negated = true; }
      else if (isWord(peek(), "in")) at += 1;
      else if (isWord(peek(), "has")) { at += 1; operator = "has"; }
      else if (peek()?.kind === "operator") {
        operator = { "==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=" }[peek().text] || peek().text;
        at += 1;
      } else throw refuse("=, !=, <, <=, >, >=, has, in or is");
      const value = operand();
      const found = tested(name, ratio, operator, value);
      return negated ? negation(found) : found;
    }

    const found = either();
    if (peek()) throw refuse("the end, and or or");
    return found;
  }

  function tested(name, ratio, operator, value) {
    const names = new Set(base.attributes.flatMap((item) => [item.id, item.option]));
    const plain = value.trim();
    const isMeasure = names.has(plain) || /^[A-Za-z_][\w-]*(?:\.[^\s]+)?(?:\s*[/*÷×·]\s*[A-Za-z_\d][\w.-]*)+$/.test(plain);
    if (isMeasure && (ratio || isNumeric(attribute(name)))) {
      const [one, other] = [measure(name), measure(plain)];
      return measured((model, include) => {
        const [a, b] = [one(model, include), other(model, include)];
        return a === null || b === null || b === 0 ? null : a / b;
      }, operator, "1");
    }
    if (ratio) {
      const number = measure(name);
      const { values, negated } = choices(plain);
      const tests = values.map((choice) => measured(number, operator, choice.text));
      const joined = operator === "!=" ? all(tests) : any(tests);
      return negated ? negation(joined) : joined;
    }
    const item = attribute(name);
    const lenient = name === item.option && item.option !== item.id;
    if (operator === "!=") return negation(listed(item, "=", value, lenient));
    return listed(item, operator, value, lenient);
  }

  function standing(item, state) {
    const value = (model) => model.values[item.id];
    const status = (model) => model.status[item.id] || "";
    const tests = {
      known: (model) => value(model) !== undefined,
      unknown: (model) => value(model) === undefined && !status(model),
      reported: (model) => value(model) !== undefined && !status(model),
    };
    const holds = tests[state] || ((model) => status(model) === state);
    return { yes: (model) => holds(model), no: (model) => !holds(model) };
  }

  // A condition of the query string: `attention=GQA`, `not-attention=MHA`.
  function option(name, text) {
    const excluded = /^not[-_]/.test(name);
    const item = attribute(excluded ? name.slice(4) : name);
    const found = listed(item, "=", text, true);
    return excluded ? negation(found) : found;
  }

  return { Refusal, all, attribute, isNumeric, measure, option, where };
})();
