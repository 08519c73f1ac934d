export interface Config {
  datasourceAuth?: {
    encryption?: {
      fileKeys?: {
        /**
         * Folder with one file per key, like a mounted Kubernetes secret: the file name is the key ID, the content is the
         * secret.
         */
        directory: string;
      };
    };
  };
}
