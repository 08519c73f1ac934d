import { HumanDuration } from '@backstage/types';

export interface Config {
  datasourceAuth?: {
    encryption?: {
      /**
       * Keys that encrypt stored secrets and tokens: `id`, and `secret` of at least 32 bytes. The first one encrypts, all
       * decrypt. Generate a secret with `openssl rand -base64 32`. A module can provide keys instead.
       */
      keys?: Array<{
        id: string;
        /** @visibility secret */
        secret: string;
      }>;
      /**
       * ID of the key that encrypts. Set it to a new key only after every replica has that key. Default: the first of
       * `keys`, else the first key of a module.
       */
      sealWith?: string;
    };
    access?: {
      /**
       * Users and groups who may create, change, authorize and clear datasources, unless `permission.enabled` is `true`.
       * Default: none.
       */
      managers?: string[];
    };
    egress?: {
      /**
       * Private or local destinations: host, `*.suffix`, IP address or CIDR. Public ones need no entry. Metadata and
       * link-local addresses are always blocked. Default: none.
       */
      allow?: string[];
      /** Hosts that may be called over plain HTTP. Default: none. */
      allowHttp?: string[];
      /** If set, only these hosts may be called. */
      only?: string[];
      /** Path of a PEM file with certificate authorities, in addition to the defaults and `NODE_EXTRA_CA_CERTS`. */
      ca?: string;
    };
    /**
     * The redirect URI to register at providers, sent exactly as written, including a trailing slash. Default:
     * `backend.baseUrl` + `/api/datasource-auth/oauth/callback`.
     */
    callbackUrl?: string;
    /** URL of the page, for links in errors. Default: `app.baseUrl` + `/datasource-auth`. */
    pageUrl?: string;
    passwordGrant?: {
      /** Whether the password grant is available. Default: `true`. */
      enabled?: boolean;
    };
    refresh?: {
      /**
       * Refreshes a token at most this long before it expires. Short-lived tokens: in the last fifth of their lifetime,
       * or early enough for the next sweep. Default: 5 minutes.
       */
      beforeExpiry?: HumanDuration;
      sweep?: {
        /** How often the background task refreshes due tokens, even if no plugin requests one. Default: 30 seconds. */
        every?: HumanDuration;
      };
    };
    activity?: {
      /** How long the timeline and usage are kept. Default: 90 days. */
      keep?: HumanDuration;
    };
    people?: {
      /**
       * Users that several people share, for example: user:default/kiosk. They can't connect an account of their own. The
       * user of the guest provider never can. Default: none.
       */
      sharedUsers?: string[];
      /**
       * How long a plugin can act as a person who isn't there, once they agreed. A plugin that asks for longer is
       * rejected. Default: 30 days.
       */
      maxDelegation?: HumanDuration;
      /**
       * Whether connections end a day after their person leaves the catalog: `catalog`, or `off`. Default: catalog.
       */
      presence?: 'catalog' | 'off';
      /** Connections that nobody used for this time end. Their people are notified a week before. Default: 90 days. */
      unusedAfter?: HumanDuration;
    };
    /** Callback URL of this installation, to use the credentials of a copied database. */
    adoptCredentials?: string;
    /**
     * Files with tokens that Kubernetes or a cloud issues, by name: `path`, `for`, `origins`, `datasources`. Default:
     * none.
     */
    files?: Record<string, CredentialFile>;
    /** Datasources declared in configuration, by name. Same fields as in the HTTP API. Use `${ENV}` or `$file` for secrets. */
    datasources?: {
      [name: string]: {
        instance?: Values;
        api?: { headers?: Values; query?: Values };
        clientCertificate?: {
          /** @visibility secret */
          key?: string;
          /** @visibility secret */
          passphrase?: string;
        };
        auth?: {
          /** @visibility secret */
          clientSecret?: string;
          /** @visibility secret */
          password?: string;
          headers?: Values;
          query?: Values;
          basic?: {
            /** @visibility secret */
            password?: string;
          };
          /** @visibility secret */
          bearer?: string | { file: string };
          clientAssertion?: Assertion;
          assertion?: Assertion;
          authorize?: { params?: Values };
          token?: {
            params?: Values;
            query?: Values;
            headers?: Values;
            then?: { params?: Values; query?: Values; headers?: Values };
          };
          refresh?: {
            params?: Values;
            then?: { params?: Values; query?: Values; headers?: Values };
          };
        };
      };
    };
  };
}

/** Parameters, headers or instance values. Each can be secret. */
interface Values {
  [name: string]:
    | string
    | {
        secret: true;
        /**
         * Absent if each person enters their own.
         * @visibility secret
         */
        value?: string;
      };
}

/** A file with a token that another system issues and renews. It is read for each request. */
interface CredentialFile {
  /** Absolute path of a regular file of up to 16 KiB with one line. Links are followed only within its folder. */
  path: string;
  /** `client_assertion` authenticates the client at the token URL, `bearer` is sent to the API. */
  for: 'client_assertion' | 'bearer';
  /** Where the content may be sent: scheme, host and port, for example: https://login.microsoftonline.com. */
  origins: string[];
  /** Names of the datasources that may send it. */
  datasources: string[];
}

/** A JWT that is signed here. */
interface Assertion {
  /** @visibility secret */
  key?: string;
  /** @visibility secret */
  passphrase?: string;
  claims?: Record<
    string,
    | string
    | number
    | boolean
    | {
        secret: true;
        /** @visibility secret */
        value: string;
      }
  >;
}
