import { CatalogService } from '@backstage/plugin-catalog-node';
import { datasourceCreatePermission } from 'backstage-plugin-datasource-auth-common';
import { openApiImportSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { AccessControl } from '../access/AccessControl';
import { DatasourceRights } from '../access/DatasourceRights';
import { Egress } from '../egress/Egress';
import { createApiRouter } from '../http/apiRouter';
import { CallerOf } from '../http/context';
import { jsonBody, parseBody } from '../http/parse';
import { PresetRegistry } from '../providers/PresetRegistry';
import { DescriptionComparison } from './DescriptionComparison';
import { DescriptionSource } from './DescriptionSource';
import { OpenApiImporter } from './OpenApiImporter';

/** A document of 64 MB as JSON text, with all quotes and line ends escaped. */
const DOCUMENT_LIMIT = '130mb';

/**
 * Imports settings from API descriptions, and compares datasources with the description they were imported
 * from. Must be registered before the body parser, because a document is larger than its limit. Nothing else
 * imports this folder.
 */
export function createOpenApiImportRouter(options: {
  access: AccessControl;
  catalog: CatalogService;
  datasourceRights: DatasourceRights;
  egress: Egress;
  presets: Pick<PresetRegistry, 'list'>;
  callerOf: CallerOf;
}) {
  const {
    access,
    datasourceRights: datasources,
    egress,
    presets,
    callerOf,
  } = options;
  const source = new DescriptionSource(options);
  const importer = new OpenApiImporter({
    source,
    check: url => egress.check(url),
    presets,
  });
  const comparison = new DescriptionComparison({ source, importer });
  const router = createApiRouter();

  router.post(
    '/imports/openapi',
    // Checked before the body is read: only users who may import can make this process hold megabytes.
    async req => {
      const caller = await callerOf(req);
      await access.assertMayCreate(caller, datasourceCreatePermission);
      return 'next';
    },
    jsonBody(DOCUMENT_LIMIT),
    async (req, res) => {
      const { credentials } = await callerOf(req);
      const request = parseBody(openApiImportSchema, req);
      res.json(await importer.import(request, { credentials }));
    },
  );

  router.get('/datasources/:name/description-changes', async (req, res) => {
    const caller = await callerOf(req);
    const { record } = await datasources.forReading(req.params.name, {
      caller,
    });
    res.json(await comparison.compare(record.settings, caller));
  });

  return router;
}
