import { checkName, invalid, shown } from './arguments.ts'
import type { PartitionSpec, Transform } from './model/common.ts'

/** A partition spec, checked. */
export function checkPartitionSpec(spec: PartitionSpec): readonly Transform[] {
  const transforms: unknown = (spec as { orderedTransforms?: unknown } | null)?.orderedTransforms
  if (!Array.isArray(transforms)) throw invalid('partitionSpec has no orderedTransforms; give a list of transforms.')
  for (const transform of transforms as readonly Transform[]) checkTransform(transform)
  return transforms as readonly Transform[]
}

function checkTransform(transform: Transform): void {
  switch (transform?.name) {
    case 'identity':
      checkName(transform.parameters?.columnName, 'columnName of an identity transform')
      return
    case 'bucket':
      checkBucket(transform.parameters)
      return
    default:
      throw invalid(
        `A transform is named ${shown((transform as { name?: unknown } | null)?.name)}; identity and bucket are known.`,
      )
  }
}

function checkBucket(parameters: Extract<Transform, { name: 'bucket' }>['parameters'] | undefined): void {
  const { numBuckets, columnNames, bucketingStrategy } = parameters ?? {}
  if (typeof numBuckets !== 'number' || !Number.isSafeInteger(numBuckets) || numBuckets < 1) {
    throw invalid(`numBuckets of a bucket transform is ${shown(numBuckets)}; give a positive integer.`)
  }
  if (bucketingStrategy !== 'default' && bucketingStrategy !== 'iceberg') {
    throw invalid(
      `bucketingStrategy of a bucket transform is ${shown(bucketingStrategy)}; give "default" or "iceberg".`,
    )
  }
  if (!Array.isArray(columnNames)) {
    throw invalid(`columnNames of a bucket transform is ${shown(columnNames)}; give a list of names.`)
  }
  for (const name of columnNames as readonly unknown[]) checkName(name, 'a column of a bucket transform')
  if (bucketingStrategy === 'iceberg' && columnNames.length !== 1) {
    throw invalid(`An iceberg bucket transform takes one column, not ${columnNames.length}; name one.`)
  }
}
