/** Timeouts of the gateway. Milliseconds. */
export interface GatewayTimes {
  /** Until a request is on its way to the API. */
  connect: number;
  /** From the last byte of the request to the first byte of the response. */
  answer: number;
  /** Between two chunks of a body, in either direction, whichever side is slow. */
  idle: number;
}

/** Long enough for slow APIs, short enough to notice one that doesn't respond. */
export const GATEWAY_TIMES: GatewayTimes = {
  connect: 10_000,
  answer: 60_000,
  idle: 60_000,
};
