package org.millrace.standalone.testbed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test of services that waits more than it works, for time-outs and for programs to start or end, and that does not mind
 * another one beside it. Two of them run at a time, each in a JVM of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("patient")
public @interface Patient {}
