/** The API as OpenAPI 3.1, made of the routes table: what the server checks is what is written here. */
import { z } from 'zod';
import { problem, type RouteInfo, routes } from '../api/routes.js';

export type JsonObject = { readonly [key: string]: unknown };

/** Computed once; it depends on nothing but the table. */
export function openapi(): JsonObject {
  const shapes = new Shapes();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries<RouteInfo>(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route, shapes) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gengfu 更夫 duty panel',
      version: '1',
      description:
        'Everything that the page of the panel does. Levels: 0 anybody; 1 the box’s own screen, or a read-only token; 2 duty; 3 installer, by signing in. ' +
        'With a cookie, whatever is not a GET carries the header x-gengfu-csrf with the value of /api/v1/me.',
    },
    paths,
    components: {
      schemas: shapes.named(),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'gengfu' },
        token: { type: 'http', scheme: 'bearer', description: 'Read only; made by an installer.' },
      },
    },
  };
}

function operation(name: string, route: RouteInfo, shapes: Shapes): JsonObject {
  const { about, level, isForTokens, params, query, body, answer, type } = route;
  const isUpload = route.method === 'PUT' && body === undefined;
  return {
    operationId: name,
    summary: `${about.zh} · ${about.en}`,
    'x-level': level,
    security: level === 0 ? [] : [{ session: [] }, ...(isForTokens ? [{ token: [] }] : [])],
    parameters: [
      ...parameters('path', params, shapes),
      ...parameters('query', query, shapes),
      ...(route.method === 'GET' ? [] : [csrfParameter]),
    ],
    ...(body === undefined ? {} : { requestBody: { required: true, content: content(shapes.of(body, 'input')) } }),
    ...(isUpload ? { requestBody: { required: true, content: binary(type ?? '') } } : {}),
    responses: {
      '200': {
        description: about.en,
        content: answer === undefined ? binary(type ?? '') : content(shapes.of(answer, 'output')),
      },
      default: { description: 'refused', content: content(shapes.of(problem, 'output')) },
    },
  };
}

const csrfParameter = {
  name: 'x-gengfu-csrf',
  in: 'header',
  required: false,
  description: 'Of /api/v1/me; not with a token.',
  schema: { type: 'string' },
};

function content(schema: unknown): JsonObject {
  return { 'application/json': { schema } };
}

/** `image/png, image/jpeg or image/webp` are three. */
function binary(type: string): JsonObject {
  return Object.fromEntries(type.split(/,\s+|\s+or\s+/).map((each) => [each, {}]));
}

function parameters(where: 'path' | 'query', shape: z.ZodObject | undefined, shapes: Shapes): readonly JsonObject[] {
  return Object.entries(shape?.shape ?? {}).map(([name, each]) => ({
    name,
    in: where,
    required: where === 'path' || !z.safeParse(each as z.ZodType, undefined).success,
    schema: shapes.of(each as z.ZodType, 'input'),
  }));
}

/** Shapes with a name stand once, under `components`; the others where they are used. */
class Shapes {
  readonly #named = new Map<string, unknown>();

  of(shape: z.ZodType, io: 'input' | 'output'): unknown {
    // In a wrapper, a shape with a name becomes a reference like any other.
    const made = z.toJSONSchema(z.object({ it: shape }), { io, target: 'draft-2020-12' });
    for (const [name, each] of Object.entries(made.$defs ?? {})) this.#named.set(name, moved(each));
    return moved(made.properties?.['it']);
  }

  named(): JsonObject {
    return Object.fromEntries([...this.#named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** References to `$defs` of one shape become references to the components of the whole file. */
function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved);
  if (typeof value !== 'object' || value === null) return value;
  // A shape's name stands in it as a text; a property that is called `id` is an object.
  const entries = Object.entries(value).filter(([key, each]) => !(key === 'id' && typeof each === 'string'));
  return Object.fromEntries(
    entries.map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string' ? each.replace('#/$defs/', '#/components/schemas/') : moved(each),
    ]),
  );
}
