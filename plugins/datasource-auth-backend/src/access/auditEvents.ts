/** The audit events, their severities, and the values of `actionType` that distinguish their variants. */
export const AUDIT_EVENTS = {
  'datasource-mutate': {
    severity: 'medium',
    actions: ['create', 'update', 'delete'],
  },
  'credential-mutate': { severity: 'medium', actions: ['clear'] },
  authorization: {
    severity: 'medium',
    actions: [
      'begin',
      'start',
      'callback',
      'complete',
      'test',
      'rehearse',
      'ask',
      'decline',
      'withdraw',
    ],
  },
  connection: {
    severity: 'medium',
    actions: [
      'connect',
      'disconnect',
      'disconnect-other',
      'disconnect-all',
      'export',
      'erase',
      'end-missing',
      'end-unused',
    ],
  },
  delegation: {
    severity: 'medium',
    actions: ['delegate', 'approve', 'take-back', 'end'],
  },
  'token-hand-out': { severity: 'low', actions: ['summary'] },
  'access-refused': {
    severity: 'medium',
    actions: ['token', 'consume', 'gateway', 'start', 'callback', 'more'],
  },
  'key-rotation': { severity: 'high', actions: ['reseal'] },
} as const;

type AuditEvents = typeof AUDIT_EVENTS;

/** An audit event with one of its actions. */
export type AuditEvent = {
  [E in keyof AuditEvents]: {
    event: E;
    action: AuditEvents[E]['actions'][number];
  };
}[keyof AuditEvents];
