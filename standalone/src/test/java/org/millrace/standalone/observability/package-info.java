/** Tests of what operators see: metrics, logs and traces of the running application, and the files that read them. */
package org.millrace.standalone.observability;
