/** How long the gateway waits. Milliseconds. */
export interface GatewayTimes {
  /** Until a request is on its way to the API. */
  connect: number;
  /** Until the first byte of the answer, after the last one of the request. */
  answer: number;
  /** Between two pieces of a body, in either direction, whoever is slow. */
  idle: number;
}

/** Long enough for APIs that work on an answer, short enough to see that one does not. */
export const GATEWAY_TIMES: GatewayTimes = {
  connect: 10_000,
  answer: 60_000,
  idle: 60_000,
};
