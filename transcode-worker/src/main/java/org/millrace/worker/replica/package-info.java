/**
 * Sources of which only what a task reads is fetched from afar: {@link org.millrace.worker.replica.Replica} is the file,
 * {@link org.millrace.worker.replica.FileStructure} what a demuxer wants of it besides media. It knows no step;
 * {@link org.millrace.worker.attempt.ObjectFiles} decides when it is used.
 */
package org.millrace.worker.replica;
