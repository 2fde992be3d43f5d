/** Numbers texts in the order in which they come. */
export class Numbered {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()

  of(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.names.push(name) - 1
    this.#numbers.set(name, number)
    return number
  }

  sorted(): Sorted {
    const order = [...this.names.keys()].sort((a, b) =>
      (this.names[a] as string) < (this.names[b] as string) ? -1 : 1,
    )
    const places = new Int32Array(order.length)
    order.forEach((number, place) => {
      places[number] = place
    })
    return { names: order.map((number) => this.names[number] as string), places }
  }
}

/** Names in order, and the place of each by its number. */
export interface Sorted {
  readonly names: readonly string[]
  readonly places: Int32Array
}
