/** The Mesos simulator against what real masters and agents were seen to answer. */
@NullMarked
package dev.cotton.mesos;

import org.jspecify.annotations.NullMarked;
