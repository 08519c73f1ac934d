/**
 * Where calls may go, as configured under `datasourceAuth.egress`. A rule is a host (`api.corp.example`), a suffix
 * (`*.corp.example`, which does not match `corp.example` itself), an address, or a range (`10.0.0.0/8`).
 *
 * @public
 */
export interface DestinationPolicy {
  /** Internal hosts and addresses that may be called. Link-local and metadata addresses stay blocked. */
  allow: string[];
  /** Hosts that may be called without TLS. */
  allowHttp: string[];
  /** If not empty, only these hosts may be called. */
  only: string[];
}
