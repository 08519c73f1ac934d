import { HumanDuration } from '@backstage/types';

export interface Config {
  datasourceAuth?: {
    encryption?: {
      /**
       * Keys that encrypt stored secrets and tokens. The first one encrypts, all decrypt. A secret has at least 32 bytes;
       * generate one with `openssl rand -base64 32`.
       */
      keys?: Array<{
        id: string;
        /** @visibility secret */
        secret: string;
      }>;
      /**
       * ID of the key that encrypts. Set it to a new key after every replica has that key. Default: the first of `keys`,
       * else the first key of a module.
       */
      sealWith?: string;
    };
    access?: {
      /** Users and groups who may create, change, authorize and clear datasources while permissions are off. */
      managers?: string[];
    };
    egress?: {
      /** Private or local destinations of providers and APIs: host, `*.suffix`, IP address or CIDR. */
      allow?: string[];
      /** Hosts that may be called over plain HTTP. */
      allowHttp?: string[];
      /** If set, only these hosts may be called. */
      only?: string[];
      /** Path of a PEM file with more certificate authorities, trusted in addition to the defaults. */
      ca?: string;
    };
    /** The redirect URI to register at providers, exactly as written. Default: from `backend.baseUrl`. */
    callbackUrl?: string;
    /** URL of the page, for links in errors. Default: `/datasource-auth` below `app.baseUrl`. */
    pageUrl?: string;
    passwordGrant?: {
      /** Whether the password grant is available. Default: true. */
      enabled?: boolean;
    };
    refresh?: {
      /**
       * Refreshes a token at most this long before it expires. Default: 5 minutes. Tokens that live less than 25 minutes
       * are refreshed in the last 20 % of their lifetime, or early enough for the next sweep.
       */
      beforeExpiry?: HumanDuration;
      sweep?: {
        /** How often due tokens are refreshed in the background. Default: 30 seconds. */
        every?: HumanDuration;
      };
    };
    activity?: {
      /** How long the timeline and usage are kept. Default: 90 days. */
      keep?: HumanDuration;
    };
    /** Callback URL of this installation, to use the credentials of a copied database. */
    adoptCredentials?: string;
    /**
     * Files with tokens that another system issues and renews, such as Kubernetes, by name. Datasources refer to the name.
     * Each file is a regular file of up to 16 KiB with one line, and is read for each request.
     */
    files?: Record<string, CredentialFile>;
    /** Datasources declared in configuration, by name. Same fields as in the HTTP API. */
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
        /** @visibility secret */
        value: string;
      };
}

/** A file with a token of another system. */
interface CredentialFile {
  /** Absolute path. */
  path: string;
  /** `client_assertion` authenticates at a token URL, `bearer` is sent to an API. */
  for: 'client_assertion' | 'bearer';
  /** Origins that the token may be sent to, for example: https://login.microsoftonline.com. */
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
