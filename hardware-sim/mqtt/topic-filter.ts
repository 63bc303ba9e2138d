/** Topic filters with the wildcards of MQTT (5.0 §4.7): `+` is one level, `#` is all that follow, and neither begins a `$` topic. Pure. */

export function isTopic(text: string): boolean {
  return text.length > 0 && !/[+#\0]/.test(text);
}

export function matchesFilter(filter: string, topic: string): boolean {
  if (filter === topic) return true;
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return true;
    if (at >= levels.length || (level !== '+' && level !== levels[at])) return false;
  }
  return wanted.length === levels.length;
}
