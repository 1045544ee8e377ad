/*
key     = ["institution_id", "training_id", "staff_id"]
summary = "Training received: one row a course and employee."
*/
CREATE TABLE training (
    institution_id VARCHAR NOT NULL,
    training_id    VARCHAR NOT NULL,
    staff_id       VARCHAR NOT NULL,
    branch_id      VARCHAR,
    held_on        DATE NOT NULL,
    hours          DOUBLE,
    topic          ENUM ('client_protection', 'credit', 'products', 'safety', 'other')
);
COMMENT ON COLUMN training.institution_id IS 'Employer';
COMMENT ON COLUMN training.training_id IS 'Identifier of the course or session, kept as text';
COMMENT ON COLUMN training.staff_id IS 'Employee who took part';
COMMENT ON COLUMN training.branch_id IS 'Branch of the employee; empty for head office';
COMMENT ON COLUMN training.held_on IS 'Day of the training, its last one where it took several';
COMMENT ON COLUMN training.hours IS 'Hours of training for this employee';
COMMENT ON COLUMN training.topic IS 'What was taught';
