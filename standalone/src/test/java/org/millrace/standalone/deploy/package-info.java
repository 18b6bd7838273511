/**
 * Tests of what surrounds the program: the launcher, the compose file, the Dockerfiles, the Kubernetes files and the
 * documentation's links. They read the files of this repository as Docker, Kubernetes and bash would.
 */
package org.millrace.standalone.deploy;
