/** The preset that the site file asks for, with its own templates in the place of what they replace. */
import type { HttpTemplate } from '../../../config/site.js';
import { type TimedSample, timedSamples } from '../../templates/platform-facts.js';
import { PathTemplate, PayloadTemplate, type TemplateValues } from '../../templates/template.js';
import {
  commonValues,
  type NamedValues,
  packValues,
  reportValues,
  statusValues,
} from '../../templates/template-values.js';
import { type HttpPart, type HttpPreset, jsonType, type PresetOptions } from '../http-preset.js';
import { gbt45839Preset } from './gbt45839.js';
import { gengfuPreset } from './gengfu.js';
import { zxyunPreset } from './zxyun.js';

export function presetOf(options: PresetOptions): HttpPreset {
  const base = basePreset(options);
  const { templates, username } = options.config;
  const report = fillOf(templates.report);
  const telemetry = fillOf(templates.telemetry);
  const status = fillOf(templates.status);
  if (report === null && telemetry === null && status === null) return base;
  const common = commonValues({ ...options, clientId: null, username });
  return {
    ...base,
    report: (each, isShort) =>
      report === null ? base.report(each, isShort) : report({ ...common, ...reportValues(options, each) }),
    telemetry: (each) => {
      if (telemetry === null) return base.telemetry(each);
      const samples: readonly TimedSample[] = timedSamples(options, each);
      return telemetry({ ...common, ...packValues(each, samples) });
    },
    // Who writes reports in words of its own platform does not want ours as a sign of life.
    status: (link) =>
      status !== null ? status({ ...common, ...statusValues(link) }) : report === null ? base.status(link) : null,
    installs: () => (report === null ? base.installs() : []),
    accepts: report === null ? base.accepts : () => true,
  };
}

function basePreset(options: PresetOptions): HttpPreset {
  switch (options.config.preset) {
    case 'gengfu':
      return gengfuPreset(options);
    case 'gbt45839':
      return gbt45839Preset(options);
    case 'zxyun':
      return zxyunPreset(options);
  }
}

function fillOf(template: HttpTemplate | null): ((values: NamedValues) => HttpPart) | null {
  if (template === null) return null;
  const path = new PathTemplate(template.path);
  const payload = new PayloadTemplate(template.payload);
  return (values) => {
    const filled: TemplateValues = values;
    return { path: path.fill(filled), mediaType: jsonType, json: payload.fill(filled), listType: null };
  };
}
