import { HumanDuration } from '@backstage/types';

export interface Config {
  datasourceAuth?: {
    encryption?: {
      /**
       * Keys that seal secrets and tokens at rest. The first one seals, all of them open. Each secret needs 32 bytes or
       * more; make one with `openssl rand -base64 32`.
       */
      keys?: Array<{
        id: string;
        /** @visibility secret */
        secret: string;
      }>;
      /**
       * Id of the key that seals. Default: the first of `keys`, else the first one that a module supplies. Name a key here
       * after every replica has it.
       */
      sealWith?: string;
    };
    access?: {
      /** Users and groups who may create, change, authorize and clear where the permission framework is off. */
      managers?: string[];
    };
    egress?: {
      /** Private or local hosts and networks that providers and APIs may be on: host, `*.suffix`, address or CIDR. */
      allow?: string[];
      /** Hosts that may be spoken to over plain http. */
      allowHttp?: string[];
      /** When set, nothing but these hosts is spoken to. */
      only?: string[];
      /** Path of a PEM file with additional certificate authorities. */
      ca?: string;
    };
    /** The redirect URI to register at providers, byte for byte. Default: from `backend.baseUrl`. */
    callbackUrl?: string;
    /** Address of the page. Default: `/datasource-auth` below `app.baseUrl`. */
    pageUrl?: string;
    passwordGrant?: {
      /** Default: true. */
      enabled?: boolean;
    };
    refresh?: {
      /**
       * The longest time before expiry at which a token is renewed. Default: 5 minutes. Tokens that live less than 25
       * minutes are renewed in the last 20 % of their life, or early enough for the next sweep.
       */
      beforeExpiry?: HumanDuration;
      sweep?: {
        /** Default: 30 seconds. */
        every?: HumanDuration;
      };
    };
    activity?: {
      /** How long activity and usage are kept. Default: 90 days. */
      keep?: HumanDuration;
    };
    /** Callback URL of this installation, to take over the credentials of a copied database. */
    adoptCredentials?: string;
    /** Datasources declared in configuration, by name: the settings of the HTTP API. */
    datasources?: {
      [name: string]: {
        instance?: Values;
        auth?: {
          /** @visibility secret */
          clientSecret?: string;
          /** @visibility secret */
          password?: string;
          clientKey?: {
            /** @visibility secret */
            privateKey?: string;
          };
          assertion?: {
            /** @visibility secret */
            key?: string;
          };
          authorize?: { params?: Values };
          token?: { params?: Values; query?: Values; headers?: Values };
          refresh?: { params?: Values };
        };
      };
    };
  };
}

/** Parameters, headers or instance values, of which some can be secret. */
interface Values {
  [name: string]:
    | string
    | {
        secret: true;
        /** @visibility secret */
        value: string;
      };
}
