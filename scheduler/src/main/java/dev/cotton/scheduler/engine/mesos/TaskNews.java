package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.mesos.TaskStatus;

/** What a status says about an instance. Every state of a task is handled on purpose. Pure. */
final class TaskNews {
    private TaskNews() {}

    /** @return the same when it says nothing new, or speaks of an earlier task */
    static MesosInstance of(MesosInstance instance, TaskStatus status) {
        boolean current = instance.task()
                .filter(latest -> latest.id().equals(status.taskId().value()))
                .filter(latest -> !latest.state().terminal())
                .isPresent();
        if (!current) {
            return instance;
        }
        MesosInstance heard = instance.heard(status.state(), status.message().orElse(""));
        return switch (status.state()) {
            // An operator declared the agent gone for ever: nobody will see these data again.
            case TASK_GONE_BY_OPERATOR ->
                heard.used() ? heard.lost("an operator has declared its agent gone for ever") : heard;
            case TASK_STAGING,
                    TASK_STARTING,
                    TASK_RUNNING,
                    TASK_KILLING,
                    TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_UNREACHABLE,
                    TASK_GONE -> heard;
            case TASK_UNKNOWN -> unknown(instance, heard);
            case UNRECOGNIZED -> instance;
        };
    }

    /**
     * The master does not know the task. One that never began was never launched; one that ran may run on an agent that
     * has not come back yet.
     */
    private static MesosInstance unknown(MesosInstance instance, MesosInstance heard) {
        return instance.used() ? heard : instance.heard(TaskState.TASK_DROPPED, "the master never heard of it");
    }
}
