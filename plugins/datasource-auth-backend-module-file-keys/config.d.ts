export interface Config {
  datasourceAuth?: {
    encryption?: {
      fileKeys?: {
        /**
         * Folder with one file for each key, as a Kubernetes secret is mounted: the name of the file is the id of the key,
         * its content the secret.
         */
        directory: string;
      };
    };
  };
}
