/**
 * Makes the pictures that stand for a video before it plays: poster, cover, storyboard and moving preview. Previous:
 * {@link org.millrace.worker.encode}, whose renditions the storyboard is made from. Next:
 * {@link org.millrace.worker.verify}.
 */
package org.millrace.worker.picture;
