/** A profile as it stands for one device: its variant chosen, its options filled in. */
import { chosen, chosenNumber, chosenRole, chosenText, optionFaults, optionValues, } from './device-options.js';
import { isModbus, isSignal, isStream } from './profile-kind.js';
/** Null when the variant or an option is wrong: a check tells that. */
export function applyProfile(profile, { variant, options }) {
    if (optionFaults(profile.options, options).length > 0)
        return null;
    const values = optionValues(profile.options, options);
    if (isModbus(profile)) {
        const points = variantPoints(profile, variant);
        if (points === null)
            return null;
        return { kind: 'modbus', profile, points: points.map((point) => decided(point, values)), options: values };
    }
    if (variant !== undefined)
        return null;
    if (isSignal(profile))
        return { kind: 'signal', profile, signal: appliedSignal(profile, values) };
    if (isStream(profile)) {
        const points = profile.points.map((point) => decided(point, values));
        const codecOptions = Object.fromEntries(Object.entries(profile.codec_options).map(([key, value]) => [key, chosen(value, values)]));
        return { kind: 'stream', profile, points, codecOptions, objects: chosenObjects(profile, values) };
    }
    return { kind: 'contact', profile };
}
/** The points of a variant, of the first one when none is named; null when there is no such variant. */
export function variantPoints(profile, id) {
    const variant = id === undefined ? profile.variants[0] : profile.variants.find((each) => each.id === id);
    if (variant === undefined)
        return id === undefined ? profile.points : null;
    return profile.points.map((point) => {
        const patch = Object.hasOwn(variant.points, point.key) ? variant.points[point.key] : undefined;
        return Object.assign({}, point, patch);
    });
}
function decided(point, values) {
    return {
        ...point,
        role: chosenRole(point.role, values),
        scale: chosenNumber(point.scale, values),
        offset: chosenNumber(point.offset, values),
        unit: point.unit === undefined ? null : chosenText(point.unit, values),
    };
}
function chosenObjects({ objects }, values) {
    if (objects === undefined)
        return null;
    return {
        pattern: chosenText(objects.pattern, values),
        example: chosenText(objects.example, values),
        point: chosenText(objects.point, values),
    };
}
function appliedSignal({ signal }, values) {
    const [low, high] = signal.to;
    return {
        ...signal,
        role: chosenRole(signal.role, values),
        unit: chosenText(signal.unit, values),
        to: [chosenNumber(low, values), chosenNumber(high, values)],
    };
}
