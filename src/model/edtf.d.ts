/** The part of edtf 4.11 that is used here; the library brings no types. */
declare module 'edtf' {
  /** What every kind of EDTF date has: its bounds in milliseconds since 1970, infinite or zero where they are open. */
  export interface ExtendedDate {
    readonly type: 'Date' | 'Year' | 'Decade' | 'Century' | 'Season' | 'Interval' | 'List' | 'Set'
    readonly edtf: string
    readonly min: number
    readonly max: number
  }

  /** Parses an EDTF text; throws where it is none. */
  // biome-ignore lint/style/noDefaultExport: the library has no named export of it
  export default function edtf(text: string): ExtendedDate
}
