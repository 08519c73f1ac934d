import {
  HealthCheck,
  Message,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';

/** A setup check as codes. An empty detail or remedy is omitted. */
interface CodedCheck extends Pick<HealthCheck, 'id' | 'state'> {
  title: Message;
  detail?: Message[];
  remedy?: Message[];
}

/** Makes a setup check, in English and as codes. */
export function healthCheck(check: CodedCheck): HealthCheck {
  const { id, state, title, detail, remedy } = check;
  return {
    ...{ id, state, title: renderMessages([title]) },
    ...(detail?.length && { detail: renderMessages(detail) }),
    ...(remedy?.length && { remedy: renderMessages(remedy) }),
    texts: {
      title: [title],
      ...(detail?.length && { detail }),
      ...(remedy?.length && { remedy }),
    },
  };
}
