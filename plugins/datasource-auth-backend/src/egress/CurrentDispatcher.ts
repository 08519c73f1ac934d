import { Dispatcher } from 'undici';

/** Passes each request to the current dispatcher, so that its owner can replace it. */
export class CurrentDispatcher extends Dispatcher {
  readonly #current: () => Dispatcher;

  constructor(current: () => Dispatcher) {
    super();
    this.#current = current;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    return this.#current().dispatch(options, handler);
  }
}
