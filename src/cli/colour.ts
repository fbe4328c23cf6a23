import type { Io, TextStream } from './io.ts'

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const

export type Colour = keyof typeof codes

/** Texts in colour, or as they are where colours aren't wanted. */
export type Paint = (text: string, ...colours: readonly Colour[]) => string

/** Colours for a stream: on a terminal, unless `NO_COLOR` is set (`FORCE_COLOR` asks for them anywhere). */
export function paintFor(stream: TextStream, env: Io['env']): Paint {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0'
  const wanted = forced || (stream.isTTY === true && env.TERM !== 'dumb')
  if (!wanted || (env.NO_COLOR !== undefined && env.NO_COLOR !== '')) return (text) => text
  return (text, ...colours) =>
    colours.reduce((inner, colour) => `\u001b[${codes[colour][0]}m${inner}\u001b[${codes[colour][1]}m`, text)
}
