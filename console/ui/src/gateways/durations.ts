const PATTERN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/

export type Amount = [number, 'd' | 'h' | 'm' | 's' | 'ms']

/** A duration of ISO 8601 in its parts; null where it is none. */
export function amounts(iso: string): Amount[] | null {
  const found = PATTERN.exec(iso)
  if (!found || iso.endsWith('P') || iso.endsWith('T')) {
    return null
  }
  const [, days, hours, minutes, seconds, fraction = ''] = found
  const all: Amount[] = [
    [Number(days ?? 0), 'd'],
    [Number(hours ?? 0), 'h'],
    [Number(minutes ?? 0), 'm'],
    [Number(seconds ?? 0), 's'],
    [Math.round(Number(`0.${fraction || '0'}`) * 1000), 'ms'],
  ]
  const some = all.filter(([amount]) => amount > 0)
  return some.length > 0 ? some : [[0, 's']]
}
