import { Dispatcher } from 'undici';

/** Hands each request to the dispatcher that is current at that moment, so that its owner can replace it. */
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
