import type { JsonValue, PartitionKey, PartitionSpec, PartitionValue, PartitionValues, Transform } from './common.ts'
import { asArray, asCopy, asObject, asText, copyOf, DocumentError, orNull } from './json.ts'

export function decodePartitionKeys(json: JsonValue | undefined): readonly PartitionKey[] | null {
  return orNull(json, 'partitionKeys', (keys, name) =>
    asArray(keys, name).map((key) => (typeof key === 'string' ? key : asCopy(key, 'a partition key'))),
  )
}

export function decodePartitionValues(json: JsonValue | undefined): PartitionValues | null {
  return orNull(json, 'partitionValues', (values, name) => asArray(values, name).map(decodePartitionValue))
}

function decodePartitionValue(json: JsonValue): PartitionValue {
  if (typeof json === 'object' && json !== null) throw new DocumentError('a partition value is a list or an object')
  return json
}

export function decodePartitionSpec(json: JsonValue | undefined): PartitionSpec | null {
  return orNull(json, 'partitionSpec', (spec, name) => ({
    orderedTransforms: orNull(asObject(spec, name).orderedTransforms, 'orderedTransforms', (transforms, list) =>
      asArray(transforms, list).map(decodeTransform),
    ),
  }))
}

function decodeTransform(json: JsonValue): Transform {
  const { name, parameters } = asObject(json, 'a transform')
  asText(name, 'the name of a transform')
  asObject(parameters, 'the parameters of a transform')
  return copyOf(json) as unknown as Transform
}

/** The partition keys of a spec's transforms, one for each value: a column's name, or `bucket[16](id)`. */
export function partitionKeysOf(transforms: readonly Transform[]): readonly PartitionKey[] {
  return transforms.map((transform) =>
    transform.name === 'identity'
      ? transform.parameters.columnName
      : `bucket[${transform.parameters.numBuckets}](${transform.parameters.columnNames.join(', ')})`,
  )
}
