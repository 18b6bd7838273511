/**
 * Where bytes live: the {@link org.millrace.store.MediaStore} port, its adapters for a local folder and for S3, and
 * the settings that choose between them. It knows keys but no step of the pipeline. Previous:
 * {@link org.millrace.model.key}, which names the objects. Next: the packages of the services that put them in
 * (upload, publish) and take them out (intake, playback).
 */
package org.millrace.store;
