#!/usr/bin/env node
// Looks at the report page as its readers do: in each language, on a wide and a narrow window, in light and dark, by
// keyboard, without scripts and on paper. One line per check, `ok` or `FAIL`; a summary in OUTDIR/look.json.
//
//   node look.mjs REPORT.html OUTDIR [--shots]    exit code 0: all is well, 1: a check failed, 3: something is missing
//   node look.mjs --ready                         says what would be missing: 0 nothing, 3 something
//
// What holds in a page that passes stands in README.md beside this file.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const BYTES_MAX = 2_000_000;
const SHOWN_MAX = 20; // faults printed for one check; look.json has them all
const SHOT_HEIGHT_MAX = 12_000; // Chromium draws no picture higher than 16,384 px
const DIRECTION = { en: 'ltr', ru: 'ltr', ar: 'rtl' };
const LANGUAGES = Object.keys(DIRECTION);
const WIDTHS = [1280, 375];
const SCHEMES = ['light', 'dark'];
const FAILING_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const { chromium, axe, program } = await ready();
if (process.argv.includes('--ready')) process.exit(0);
const shots = process.argv.includes('--shots');
const [report, outdir] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!outdir) {
  console.error('usage: node look.mjs REPORT.html OUTDIR [--shots]');
  process.exit(2);
}
mkdirSync(outdir, { recursive: true });
const url = pathToFileURL(resolve(report)).href;
const checks = [];
const notes = [];

const browser = await launch();
await attempt('file', file);
for (const width of WIDTHS) {
  for (const scheme of SCHEMES) {
    for (const language of LANGUAGES) {
      await attempt(`${language}-${width}-${scheme}`, (name) => view(name, language, width, scheme));
    }
  }
}
await attempt('schemes', schemes);
await attempt('switch', languageSwitch);
for (const language of LANGUAGES) await attempt(`${language}-keyboard`, (name) => keyboard(name, language));
await attempt('no-script', withoutScript);
for (const language of ['en', 'ar']) await attempt(`${language}-print`, (name) => print(name, language));
const version = browser.version();
await browser.close();

const failed = checks.filter((c) => c.faults.length > 0).length;
const summary = { report: resolve(report), chromium: version, passed: checks.length - failed, failed, checks, notes };
writeFileSync(resolve(outdir, 'look.json'), JSON.stringify(summary, null, 2) + '\n');
console.log(`look: ${checks.length} checks, ${failed} failed, ${notes.length} notes, Chromium ${version}`);
process.exitCode = failed > 0 ? 1 : 0;

// ---------------------------------------------------------------------------------------------------- what is looked at

function file() {
  const bytes = statSync(report).size;
  check(`file: ${bytes} bytes, under ${BYTES_MAX}`, bytes < BYTES_MAX ? [] : [`${bytes} bytes`]);
}

/** One language in one window: contract, width, accessibility, silence, and the picture. */
async function view(name, language, width, scheme) {
  const { page, log, close } = await open(language, { width, scheme });
  if (shots) await shoot(page, name);
  check(`${name}: only this edition shows, in its direction`, await page.evaluate(only, [language, DIRECTION[language]]));
  check(`${name}: no wider than the window`, await page.evaluate(() => look.overflow()));
  check(`${name}: every chart has a name and a table`, await page.evaluate((l) => look.charts(l), language));
  check(`${name}: the slider tells its time`, await page.evaluate((l) => look.clocks(l), language));
  const words = await page.evaluate((l) => look.chart_words(l), language);
  check(`${name}: words in charts stand out`, words.pale);
  note(`${name}: words in charts smaller than 9 px`, words.small);
  // once for each language is enough: the words are the same in every window
  if (width === WIDTHS[0] && scheme === SCHEMES[0]) {
    check(`${name}: nothing refers outside`, await page.evaluate(() => look.references()));
    const left = await page.evaluate((l) => look.latin(l), language);
    if (language === 'ar') check(`${name}: no Latin words left over`, left.text);
    if (language === 'ru') note(`${name}: Latin words in the text`, left.text);
    if (language !== 'en') note(`${name}: Latin words in attributes`, left.attributes);
  }
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
  check(`${name}: no wider than the window with every table open`, await page.evaluate(() => look.overflow()));
  await accessibility(name, page);
  quiet(name, log);
  await close();
}

/** All rules of axe; those of WCAG 2.2 AA fail, the others (best practices, AAA, experimental) are noted. */
async function accessibility(name, page) {
  await page.evaluate(axe.source);
  const results = await page.evaluate(async () => {
    const wanted = axe.getRules().filter((r) => !r.tags.includes('deprecated'));
    const rules = Object.fromEntries(wanted.map((r) => [r.ruleId, { enabled: true }]));
    const found = await axe.run(document, { rules, resultTypes: ['violations', 'incomplete'] });
    const slim = ({ id, tags, help, nodes }) => ({
      id,
      tags,
      nodes: nodes.map((n) => `${id}: ${n.target.join(' ')}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? help}`),
    });
    // chart_words() judges the words in charts
    for (const unsure of found.incomplete) unsure.nodes = unsure.nodes.filter((n) => !/^<(text|tspan)\b/.test(n.html));
    return { violations: found.violations.map(slim), incomplete: found.incomplete.map(slim) };
  });
  const fails = ({ tags }) => tags.some((t) => FAILING_TAGS.includes(t)) && !tags.includes('experimental');
  check(`${name}: axe`, results.violations.filter(fails).flatMap((v) => v.nodes));
  note(`${name}: axe, beyond WCAG 2.2 AA`, results.violations.filter((v) => !fails(v)).flatMap((v) => v.nodes));
  const unsure = results.incomplete.filter((v) => fails(v) && v.nodes.length > 0);
  note(`${name}: axe cannot tell`, unsure.map((v) => `${v.nodes.length} times ${v.nodes[0]}`));
}

async function schemes() {
  const colours = [];
  for (const scheme of SCHEMES) {
    const { page, close } = await open('en', { scheme });
    colours.push(await page.evaluate(() => look.colours()));
    await close();
  }
  const [light, dark] = colours;
  const same = Object.keys(light).filter((key) => light[key] === dark[key]);
  check('schemes: light and dark differ', same.map((key) => `${key} is ${light[key]} in both`));
}

/** Without a hash the page opens in English; a click on each radio button, or on its label, changes the language. */
async function languageSwitch() {
  const { page, log, close } = await open('');
  check('switch: opens in English', await page.evaluate(only, ['en', 'ltr']));
  for (const language of ['ar', 'ru', 'en']) {
    await page.evaluate((l) => {
      const input = look.radio(l);
      (input.labels[0] ?? input).click();
    }, language);
    check(`switch: a click chooses ${language}`, await page.evaluate(only, [language, DIRECTION[language]]));
  }
  quiet('switch', log);
  await close();
}

/** Tab goes once through the page; then the arrow keys move the slider and choose a language. */
async function keyboard(name, language) {
  const { page, log, close } = await open(language);
  const steps_max = (await page.evaluate(() => look.rest())) + 50; // scrolling boxes take the focus too
  const rings = [];
  const seen = new Set();
  for (let step = 0; step < steps_max; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => look.stop());
    if (!stop || seen.has(stop.id)) break;
    seen.add(stop.id);
    if (!stop.ring) rings.push(`no ring around ${stop.name}`);
  }
  const missed = await page.evaluate(([l, ids]) => look.missed(l, ids), [language, [...seen]]);
  check(`${name}: Tab reaches switch, slider and every summary (${seen.size} stops)`, missed);
  check(`${name}: the focus can be seen`, rings);

  const clocks = await page.evaluate((l) => look.clocks_of(l).length, language);
  for (let index = 0; index < clocks; index += 1) {
    await page.evaluate(([l, i]) => look.clocks_of(l)[i].focus(), [language, index]);
    await page.keyboard.press('Home');
    const before = await page.evaluate(([l, i]) => look.clock(l, i), [language, index]);
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowUp');
    const after = await page.evaluate(([l, i]) => look.clock(l, i), [language, index]);
    const still = Object.keys(before).filter((key) => before[key] === after[key]);
    check(`${name}: arrow keys move slider ${index + 1}`, still.map((key) => `${key} stays "${before[key]}"`));
  }

  const visited = [];
  await page.evaluate((l) => look.radio(l)?.focus(), language);
  for (const _ of LANGUAGES) {
    await page.keyboard.press('ArrowDown');
    const chosen = await page.evaluate(() => look.chosen());
    visited.push(chosen);
    const faults = await page.evaluate(only, [chosen, DIRECTION[chosen]]);
    check(`${name}: an arrow key chooses ${chosen}`, faults);
  }
  const unvisited = LANGUAGES.filter((l) => !visited.includes(l));
  check(`${name}: arrow keys reach every language`, unvisited.map((l) => `${l} is not reached`));
  quiet(name, log);
  await close();
}

/** With scripts off the English edition shows everything that it shows with scripts. */
async function withoutScript(name) {
  const counts = [];
  for (const script of [true, false]) {
    const { page, log, close } = await open('', { script });
    counts.push(await page.evaluate(() => look.inventory('en')));
    if (!script) {
      if (shots) await shoot(page, name);
      const shown = await page.evaluate(() => look.shown());
      check(`${name}: the English edition shows`, shown.join() === 'en' ? [] : [`shown: ${shown.join(', ') || 'none'}`]);
      check(`${name}: every chart has a name and a table`, await page.evaluate(() => look.charts('en')));
      check(`${name}: no wider than the window`, await page.evaluate(() => look.overflow()));
      quiet(name, log);
    }
    await close();
  }
  const [on, off] = counts;
  const lost = Object.keys(on).filter((key) => off[key] < on[key]);
  check(`${name}: nothing is lost`, lost.map((key) => `${key}: ${off[key]} instead of ${on[key]}`));
}

async function print(name, language) {
  const { page, log, close } = await open(language);
  await page.emulateMedia({ media: 'print' });
  check(`${name}: only this edition is printed`, await page.evaluate(only, [language, DIRECTION[language]]));
  const bytes = await page.pdf({ path: resolve(outdir, `${language}.pdf`), format: 'A4', printBackground: true });
  const pages = (bytes.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
  check(`${name}: ${pages} pages, more than 1`, pages > 1 ? [] : [`${pages} pages`]);
  quiet(name, log);
  await close();
}

// ------------------------------------------------------------------------------------------------------------- the page

/** Runs in the page: what is wrong with the choice of a language. */
function only([language, direction]) {
  const faults = [];
  const html = document.documentElement;
  const shown = look.shown();
  if (shown.join() !== language) faults.push(`shown: ${shown.join(', ') || 'none'} instead of ${language}`);
  if (html.lang !== language) faults.push(`<html lang="${html.lang}"> instead of ${language}`);
  if (html.dir !== direction) faults.push(`<html dir="${html.dir}"> instead of ${direction}`);
  if (look.chosen() !== language) faults.push(`the switch stands on ${look.chosen()} instead of ${language}`);
  for (const edition of document.querySelectorAll(`.edition[lang=${language}]`)) {
    if (edition.dir !== direction) faults.push(`.edition has dir="${edition.dir}" instead of ${direction}`);
    if (getComputedStyle(edition).direction !== direction) faults.push(`.edition is not written ${direction}`);
  }
  return faults;
}

/** Runs in the page: leaves what the checks ask for in `look`. */
function helpers() {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const visible = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const edition = (l) => document.querySelector(`.edition[lang=${l}]`);
  const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const name = (el) => {
    const words = tidy(el.ariaLabel || el.labels?.[0]?.textContent || el.textContent || el.name);
    return `${el.localName}${el.id ? `#${el.id}` : ''} "${words.slice(0, 40)}"`;
  };
  const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const clocks_of = (l) => all(`.edition[lang=${l}] input[type=range].clock`);
  const radio = (l) => document.querySelector(`input[name=language][value=${l}]`);
  const output_of = (clock) => {
    let box = clock.parentElement;
    while (box && !box.querySelector('output')) box = box.parentElement;
    return box?.querySelector(`output[for~="${clock.id}"]`) ?? box?.querySelector('output');
  };
  // what can be seen of a focus ring: on the element, its label (of a hidden radio button), or what stands around it
  const ring = (el) =>
    [el, ...(el.labels ?? []), el.nextElementSibling, el.parentElement].map((at) => {
      if (!at) return '';
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, opacity, clipPath } = getComputedStyle(at);
      const { width, height } = at.getBoundingClientRect();
      if (width < 4 || height < 4 || opacity === '0' || /inset\(50%/.test(clipPath)) return '';
      const clear = outlineStyle === 'none' || outlineWidth === '0px' || /, 0\)$/.test(outlineColor);
      return `${clear ? '' : outlineStyle + outlineWidth + outlineColor} ${boxShadow}`;
    }).join('|');
  // colours as red, green, blue from 0 to 255; a canvas knows every way of writing one
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = 'rgba(0, 0, 0, 0)';
    if (colour !== 'none') brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    return brush.getImageData(0, 0, 1, 1).data;
  };
  const over = (colour, opacity, below) => {
    const [r, g, b, a] = rgba(colour);
    const share = (a / 255) * opacity;
    return [r, g, b].map((value, i) => value * share + below[i] * (1 - share));
  };
  const strength = (el, key) => {
    let opacity = Number(getComputedStyle(el)[key] ?? 1);
    for (let at = el; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    return opacity;
  };
  const ground_of = (el) => {
    const boxes = [];
    for (let at = el; at; at = at.parentElement) boxes.unshift(getComputedStyle(at).backgroundColor);
    return boxes.reduce((below, colour) => over(colour, 1, below), [255, 255, 255]);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ids = new Map();
  const id = (el) => ids.get(el) ?? ids.set(el, ids.size).get(el);
  const at_rest = new Map();

  window.look = {
    radio,
    clocks_of,
    shown: () => all('.edition').filter((e) => visible(e) && e.getBoundingClientRect().height > 0).map((e) => e.lang),
    chosen: () => document.querySelector('input[name=language]:checked')?.value,
    /** Ground and text of the page; a ground that is not set is the browser's own. */
    colours() {
      const grounds = [document.body, document.documentElement].map((el) => getComputedStyle(el).backgroundColor);
      const ground = grounds.find((colour) => !/, 0\)$/.test(colour)) ?? 'not set';
      return { ground, text: getComputedStyle(document.body).color };
    },

    /** Elements that make the document wider than the window; what scrolls in its own box is fine. */
    overflow() {
      const { scrollWidth, clientWidth } = document.documentElement;
      const scrolls = (el) => {
        for (let box = el.parentElement; box && box !== document.body; box = box.parentElement) {
          if (getComputedStyle(box).overflowX !== 'visible') return true;
        }
        return false;
      };
      if (scrollWidth <= clientWidth) return [];
      const beyond = all('body *').filter((el) => {
        const { left, right, width } = el.getBoundingClientRect();
        return width > 0 && (right > clientWidth + 1 || left < -1) && !scrolls(el);
      });
      const names = beyond.slice(0, 10).map((el) => `beyond the edge: ${name(el)}`);
      return [`${scrollWidth} px in a window of ${clientWidth} px`, ...names];
    },

    charts(l) {
      const charts = all('figure.chart', edition(l) ?? undefined);
      const faults = charts.flatMap((chart) => {
        const svg = chart.querySelector('svg[role=img]');
        const by = (svg?.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
        const label = by.map((i) => document.getElementById(i)?.textContent ?? '').join(' ')
          || svg?.getAttribute('aria-label') || svg?.querySelector(':scope > title')?.textContent;
        const cells = [...(chart.querySelector('table')?.rows ?? [])].filter((r) => r.cells.length > 0).length;
        return [
          !svg && 'no svg[role=img]',
          svg && !tidy(label) && 'no accessible name',
          !chart.querySelector('details.table > summary') && 'no details.table with a summary',
          cells < 2 && `a table with ${cells} rows`,
        ].filter(Boolean).map((fault) => `${name(chart)}: ${fault}`);
      });
      return charts.length > 0 ? faults : ['no figure.chart'];
    },

    /** Words in charts that are hard to read: axe does not judge them. Behind a word lies what was drawn there last. */
    chart_words(l) {
      const pale = [];
      const small = new Set();
      for (const text of all('svg text', edition(l) ?? undefined).filter((t) => visible(t) && tidy(t.textContent))) {
        const style = getComputedStyle(text);
        const { left, top, width, height } = text.getBoundingClientRect();
        const scale = Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b);
        const px = parseFloat(style.fontSize) * scale;
        if (px < 9) small.add(`${px.toFixed(1)} px: ${name(text)}`);
        const centre = new DOMPoint(left + width / 2, top + height / 2);
        const behind = all('rect, path, circle, ellipse, polygon', text.ownerSVGElement).filter((shape) => {
          const before = shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
          if (!before || !visible(shape) || shape.closest('defs, clipPath, mask, marker, pattern')) return false;
          return shape.isPointInFill(centre.matrixTransform(shape.getScreenCTM().inverse()));
        });
        const fills = behind.map((shape) => [getComputedStyle(shape).fill, strength(shape, 'fillOpacity')]);
        if (style.paintOrder.startsWith('stroke') && style.stroke !== 'none') fills.push([style.stroke, 1]);
        if (fills.some(([fill]) => fill.startsWith('url'))) continue; // a pattern has no one colour
        const ground = fills.reduce((below, [fill, opacity]) => over(fill, opacity, below), ground_of(text));
        const ratio = contrast(over(style.fill, strength(text, 'fillOpacity'), ground), ground);
        const least = px >= 24 || (px >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5; // WCAG 2.2, 1.4.3
        const on = `${name(text)} on rgb(${ground.map(Math.round)})`;
        if (ratio < least) pale.push(`${ratio.toFixed(2)} to 1, less than ${least}: ${on}`);
      }
      return { pale, small: [...small] };
    },

    clocks(l) {
      const clocks = clocks_of(l);
      const faults = clocks.flatMap((clock) => [
        !tidy(output_of(clock)?.textContent) && `${name(clock)}: no <output> with a time`,
        !tidy(clock.getAttribute('aria-valuetext')) && `${name(clock)}: no aria-valuetext`,
      ].filter(Boolean));
      return clocks.length > 0 ? faults : ['no input[type=range].clock'];
    },
    clock(l, index) {
      const clock = clocks_of(l)[index];
      const output = tidy(output_of(clock)?.textContent);
      return { value: clock.value, output, 'aria-valuetext': clock.getAttribute('aria-valuetext') };
    },

    /** What the page would fetch, even where nothing has made it do so yet; links to follow are fine. */
    references() {
      const inside = (ref) => ref === '' || /^(#|data:)/i.test(ref.trim());
      const faults = [];
      for (const el of all('*')) {
        const svg = el.namespaceURI === 'http://www.w3.org/2000/svg';
        const names = ['src', 'srcset', 'poster', 'background', 'data', 'xlink:href'];
        if (el.localName === 'link' || (svg && el.localName !== 'a')) names.push('href');
        for (const key of names) {
          const ref = el.getAttribute(key);
          if (ref !== null && !(svg && el.localName === 'a') && !inside(ref)) faults.push(`<${el.localName} ${key}="${ref}">`);
        }
      }
      const css = [...all('style').map((s) => s.textContent), ...all('[style]').map((e) => e.getAttribute('style'))].join('\n');
      for (const [whole, ref] of css.matchAll(/url\(\s*["']?([^"')]*)/gi)) if (!inside(ref)) faults.push(whole);
      for (const [whole] of css.matchAll(/@import[^;]*/gi)) faults.push(whole);
      if (!document.querySelector('meta[name=viewport]')) faults.push('no <meta name="viewport">');
      return faults;
    },

    /** Latin words of three or more letters that are no codes (a digit, or capitals throughout) and not marked. */
    latin(l) {
      const words = (text) => (text.match(/[\p{Script=Latin}\p{Nd}][\p{Script=Latin}\p{Nd}_-]*/gu) ?? []).filter(
        (word) => (word.match(/\p{Script=Latin}/gu) ?? []).length >= 3 && !/\p{Nd}/u.test(word) && word !== word.toUpperCase());
      const marked = `[lang]:not([lang=${l}]), bdi, code, script, style, svg title`;
      const root = edition(l);
      const text = [];
      const attributes = [];
      if (!root) return { text, attributes };
      for (const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
        const node = walker.currentNode;
        if (node.parentElement.closest(marked)) continue;
        for (const word of words(node.data)) text.push(`${word} in "${tidy(node.data).slice(0, 60)}"`);
      }
      for (const el of all('*', root)) {
        if (el.closest(marked)) continue;
        for (const key of ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'alt', 'placeholder']) {
          for (const word of words(el.getAttribute(key) ?? '')) attributes.push(`${word} in ${key} of ${el.localName}`);
        }
      }
      return { text, attributes };
    },

    /** Remembers how everything looks without the focus; returns how many elements may take it. */
    rest() {
      all(focusable).forEach((el) => at_rest.set(el, ring(el)));
      return at_rest.size;
    },
    stop() {
      const el = document.activeElement;
      if (!el || el === document.body || el === document.documentElement) return null;
      return { id: id(el), name: name(el), ring: ring(el) !== (at_rest.get(el) ?? '') };
    },
    missed(l, reached) {
      const wanted = [...all('summary', edition(l) ?? undefined).filter(visible), ...clocks_of(l)];
      const faults = wanted.filter((el) => !reached.includes(id(el))).map((el) => `not reached: ${name(el)}`);
      if (!all('input[name=language]').some((el) => reached.includes(id(el)))) faults.push('the language switch is not reached');
      return faults;
    },

    inventory(l) {
      const root = edition(l);
      const count = (selector) => all(selector, root ?? undefined).filter((el) => visible(el)).length;
      const tables = all('table', root ?? undefined);
      return {
        headings: count('h1, h2, h3, h4'),
        paragraphs: count('p, li'),
        charts: count('svg[role=img]'),
        marks: count('svg[role=img] *'),
        summaries: count('summary'),
        tables: tables.length,
        cells: tables.flatMap((t) => [...t.rows]).reduce((n, r) => n + r.cells.length, 0),
      };
    },
  };
}

// ------------------------------------------------------------------------------------------------------------ the tools

/** Opens the page by itself, offline; the log fills with what it says and asks for. */
async function open(language, { width = WIDTHS[0], scheme = 'light', script = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    locale: 'en-US',
    offline: true,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const log = { errors: [], requests: [] };
  const asked = (to) => {
    if (to.split('#')[0] !== url && !to.startsWith('data:')) log.requests.push(to);
  };
  page.on('console', (message) => message.type() === 'error' && log.errors.push(message.text()));
  page.on('pageerror', (error) => log.errors.push(String(error)));
  page.on('websocket', (socket) => asked(socket.url()));
  context.on('request', (request) => asked(request.url()));
  await page.goto(language ? `${url}#lang=${language}` : url, { waitUntil: 'load' });
  await page.evaluate(helpers);
  return { page, log, close: () => context.close() };
}

function quiet(name, log) {
  check(`${name}: no error`, log.errors);
  check(`${name}: no request but the file itself`, log.requests);
}

/** The whole page as a picture, or as several where it is too high for one. */
async function shoot(page, name) {
  const { width, height } = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { width: scrollWidth, height: scrollHeight };
  });
  const parts = Math.ceil(height / SHOT_HEIGHT_MAX);
  for (let part = 0; part < parts; part += 1) {
    const y = part * SHOT_HEIGHT_MAX;
    const clip = { x: 0, y, width, height: Math.min(SHOT_HEIGHT_MAX, height - y) };
    const path = resolve(outdir, parts === 1 ? `${name}.png` : `${name}-${part + 1}.png`);
    await page.screenshot(parts === 1 ? { path, fullPage: true } : { path, fullPage: true, clip });
  }
}

function check(name, faults) {
  checks.push({ name, ok: faults.length === 0, faults });
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  list(faults);
}

/** Something to know that fails nothing. */
function note(name, lines) {
  if (lines.length === 0) return;
  notes.push({ name, lines });
  console.log(`note ${name}`);
  list(lines.slice(0, 5));
  if (lines.length > 5) console.log(`       and ${lines.length - 5} more in look.json`);
}

function list(lines) {
  for (const line of lines.slice(0, SHOWN_MAX)) console.log(`       ${line}`);
  if (lines.length > SHOWN_MAX) console.log(`       and ${lines.length - SHOWN_MAX} more in look.json`);
}

/** A look that breaks off is a failed check, and the others go on. */
async function attempt(name, look) {
  try {
    await look(name);
  } catch (error) {
    check(`${name}: can be looked at`, [String(error)]);
  }
}

/** Starts Chromium: without its sandbox as root, and where the machine offers none; only our own file is opened. */
async function launch() {
  const options = { executablePath: program, headless: true, timeout: 120_000 };
  if (process.getuid?.() === 0) return chromium.launch({ ...options, chromiumSandbox: false });
  try {
    return await chromium.launch({ ...options, chromiumSandbox: true });
  } catch {
    return chromium.launch({ ...options, chromiumSandbox: false });
  }
}

/** Finds the tools, or says what to install and ends. */
async function ready() {
  const missing = [];
  if (Number(process.versions.node.split('.')[0]) < 20) missing.push(`Node.js 20 or newer (this is ${process.version})`);
  const names = process.env.EXEUNT_CHROMIUM ? [process.env.EXEUNT_CHROMIUM] : ['chromium', 'chromium-browser', 'google-chrome'];
  const paths = names.map((n) => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', n], { encoding: 'utf8' }).stdout.trim());
  const program = paths.find(Boolean);
  if (!program) missing.push(`Chromium (looked for: ${names.join(', ')}; EXEUNT_CHROMIUM may name it)`);
  let modules = {};
  try {
    const [playwright, axe] = await Promise.all([import('playwright-core'), import('axe-core')]);
    modules = { chromium: playwright.chromium, axe: axe.default };
  } catch {
    missing.push(`the packages beside look.mjs (run: npm ci --prefix ${import.meta.dirname ?? 'crates/exeunt/tests/browser'})`);
  }
  if (missing.length === 0) return { ...modules, program };
  missing.forEach((what) => console.log(`missing: ${what}`));
  process.exit(3);
}
